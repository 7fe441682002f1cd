import { outcomeAdvice } from '../advice.js';
import type { Refusals } from './refusal.js';

/** Said by the state that things are in: challenges, attempts, sessions and cases. */
export const CASE_REFUSALS = {
  'INTAKE.CHALLENGE_UNKNOWN': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'You were not issued this challenge.',
    nextStep: 'Send challengeId and nonce as they were issued to you, or ask for a new challenge.',
  },
  'INTAKE.CHALLENGE_USED': {
    kind: 'conflict',
    title: 'This challenge was answered before.',
    nextStep: 'Ask for a new challenge and record a new burst.',
  },
  'INTAKE.CHALLENGE_EXPIRED': {
    kind: 'conflict',
    title: 'The time to answer this challenge is over.',
    nextStep: 'Ask for a new challenge and record a new burst.',
  },
  'INTAKE.ATTEMPT_TOO_SOON': {
    kind: 'conflict',
    httpStatus: 429,
    title: 'The last attempt of this person or session failed a moment ago.',
    nextStep: 'Let the person wait for the seconds in Retry-After, then take a new picture.',
    retryAfterSeconds: 30,
    advice: {
      id: 'Percobaan terakhir belum berhasil. Tunggu sebentar, lalu ambil foto baru.',
      en: 'The last attempt did not succeed. Wait a moment, then take a new picture.',
    },
  },
  'INTAKE.ATTEMPTS_UNDECIDED': {
    kind: 'conflict',
    httpStatus: 429,
    title: 'This person or session has as many undecided attempts as there are left.',
    nextStep: 'Read those verifications until they are decided; cancelling one frees no place.',
    retryAfterSeconds: 5,
    advice: {
      id: 'Permintaan sebelumnya untuk NIK ini masih diproses. Tunggu hasilnya.',
      en: 'Earlier requests for this NIK are still being processed. Wait for their results.',
    },
  },
  'INTAKE.ASSISTANCE_NEEDED': {
    kind: 'denied',
    httpStatus: 403,
    title: 'The attempts of this person or session are exhausted; a clerk has to assist.',
    nextStep: 'Send the person to a service centre for assisted verification.',
    advice: outcomeAdvice['attempts-exhausted'],
  },
  'INTAKE.SESSION_ENDED': {
    kind: 'missing',
    httpStatus: 410,
    title: 'This session ended; it takes no further attempt.',
    nextStep: 'Begin a new session with a new sessionId, and ask for consent again.',
    advice: {
      id: 'Sesi registrasi sudah berakhir. Mulai registrasi baru.',
      en: 'The registration session has ended. Start a new registration.',
    },
  },
  'INTAKE.VERIFICATION_UNKNOWN': {
    kind: 'missing',
    title: 'You have no verification of this id.',
    nextStep: 'Use the id or the Location that the request was answered with.',
  },
  'INTAKE.NOT_APPROVED': {
    kind: 'conflict',
    title: 'Only an approved verification can be activated.',
    nextStep: 'Read the verification; wait for its decision or start a new one.',
  },
  'INTAKE.RESERVATION_EXPIRED': {
    kind: 'conflict',
    title: 'The time to activate this verification is over; its slot is given back.',
    nextStep: 'Start a new verification.',
  },
  'INTAKE.NOT_ACTIVATED': {
    kind: 'conflict',
    title: 'Only a SIM that was activated can be deactivated.',
    nextStep: 'Read the verification; cancel it if it is approved and its SIM will not be used.',
  },
  'INTAKE.NOT_CANCELLABLE': {
    kind: 'conflict',
    title: 'The verification is over already, or its SIM is active.',
    nextStep: 'Read the verification; deactivate a SIM that is active.',
  },
  'INTAKE.CASE_UNKNOWN': {
    kind: 'missing',
    title: 'A fact arrived for a case that this database does not have.',
    nextStep: 'Check that the service runs on the database that its events came from.',
  },
} as const satisfies Refusals;
