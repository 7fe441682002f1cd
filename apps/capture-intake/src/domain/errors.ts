import { ServiceError, type ErrorKind, type ServiceErrorOptions } from '@absah/domain-kit';
import { outcomeAdvice, type Advice } from './advice.js';

interface Refusal {
  readonly kind: ErrorKind;
  readonly title: string;
  readonly nextStep: string;
  /** Where plain 400 would hide what a client can act on. */
  readonly httpStatus?: 403 | 410 | 413 | 415 | 422 | 429;
  /** With a range, each caller is told another time: they shall not all come back at once. */
  readonly retryAfterSeconds?: number | readonly [least: number, most: number];
  /** Where a clerk or the person has to do something, in words for them. */
  readonly advice?: Advice;
}

/** Every way in which this service says no: stable codes, one sentence each, and what to do next. */
export const REFUSALS = {
  'INTAKE.OPERATOR_UNAUTHENTICATED': {
    kind: 'denied',
    title: 'The API key is missing or unknown.',
    nextStep: 'Send a valid key in the header X-Api-Key.',
  },
  'INTAKE.MEDIA_TYPE_UNSUPPORTED': {
    kind: 'invalid',
    httpStatus: 415,
    title: 'The body is not multipart/form-data.',
    nextStep: 'Send multipart/form-data with the parts "image" and "request".',
  },
  'INTAKE.BODY_TOO_LARGE': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'The body is larger than an image, a burst and a request may be.',
    nextStep: 'Send a smaller picture: 1280 pixels on the longer side are plenty.',
  },
  'INTAKE.BUSY': {
    kind: 'unavailable',
    title: 'Too many uploads are arriving at once.',
    nextStep: 'Send the same request again after the seconds in Retry-After.',
    retryAfterSeconds: 1,
  },
  'INTAKE.OVERLOADED': {
    kind: 'unavailable',
    title: 'More verifications are under way than can be decided in time.',
    nextStep: 'Send the same request again after the seconds in Retry-After.',
    retryAfterSeconds: [1, 4],
  },
  'INTAKE.TOO_MANY_CHALLENGES': {
    kind: 'unavailable',
    httpStatus: 429,
    title: 'Too many of your liveness challenges are open.',
    nextStep:
      'Ask for a challenge only when a person stands before the camera; open ones expire within a minute.',
    retryAfterSeconds: [5, 20],
  },
  'INTAKE.IDEMPOTENCY_KEY_MISSING': {
    kind: 'invalid',
    title: 'The header Idempotency-Key is missing.',
    nextStep: 'Send a new random value for each request, and the same one when you send a request again.',
  },
  'INTAKE.IDEMPOTENCY_KEY_MALFORMED': {
    kind: 'invalid',
    title: 'The header Idempotency-Key is no string of 1 to 255 visible ASCII characters.',
    nextStep: 'Send a random value such as a UUID.',
  },
  'INTAKE.IDEMPOTENCY_KEY_IN_FLIGHT': {
    kind: 'conflict',
    title: 'The first request with this Idempotency-Key is still being worked on.',
    nextStep: 'Send the same request again after the seconds in Retry-After.',
    retryAfterSeconds: 1,
  },
  'INTAKE.IDEMPOTENCY_KEY_REUSED': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'This Idempotency-Key was used with other content.',
    nextStep: 'Use a new key for what is not the same request.',
  },
  'INTAKE.IMAGE_TOO_LARGE': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'The part "image" has too many bytes.',
    nextStep: 'Send a smaller picture: 1280 pixels on the longer side are plenty.',
  },
  'INTAKE.BURST_TOO_LARGE': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'The parts "frame" have too many bytes together.',
    nextStep: 'Send fewer or smaller frames: 640 pixels on the longer side are plenty.',
  },
  'INTAKE.TOO_MANY_FRAMES': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'There are too many parts "frame".',
    nextStep: 'Send at most as many frames as the challenge says.',
  },
  'INTAKE.REQUEST_TOO_LARGE': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'The part "request" has too many bytes.',
    nextStep: 'Send only the documented fields.',
  },
  'INTAKE.MULTIPART_MALFORMED': {
    kind: 'invalid',
    title: 'The multipart body is broken or incomplete.',
    nextStep: 'Check the boundary and send the whole body again.',
  },
  'INTAKE.PART_MISSING': {
    kind: 'invalid',
    title: 'A required part is missing.',
    nextStep: 'Send exactly one part "image" and one part "request".',
  },
  'INTAKE.PART_REPEATED': {
    kind: 'invalid',
    title: 'A part was sent more than once.',
    nextStep: 'Send exactly one part "image" and one part "request".',
  },
  'INTAKE.PART_UNKNOWN': {
    kind: 'invalid',
    title: 'There is a part that this API does not know.',
    nextStep: 'Send one part "image", one part "request", and for a burst the parts "frame".',
  },
  'INTAKE.JSON_MALFORMED': {
    kind: 'invalid',
    title: 'The part "request" is not JSON.',
    nextStep: 'Send a JSON object in UTF-8.',
  },
  'INTAKE.REQUEST_INVALID': {
    kind: 'invalid',
    title: 'The part "request" does not have the documented shape.',
    nextStep: 'Correct the listed fields.',
  },
  'INTAKE.NIK_MALFORMED': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The NIK is not a possible NIK.',
    nextStep: 'Ask the person to read the 16 digits on the KTP-el again.',
  },
  'INTAKE.MSISDN_MALFORMED': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The MSISDN is not an Indonesian mobile number.',
    nextStep: 'Send it as 08…, 628… or +628…, digits only.',
  },
  'INTAKE.CONSENT_MISSING': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'There is no consent.',
    nextStep: 'Ask for consent before taking the picture and send it in the field "consent".',
  },
  'INTAKE.CONSENT_INVALID': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The consent does not cover this request.',
    nextStep: 'Send purpose, version and the time before the capture at which the person agreed.',
  },
  'INTAKE.IMAGE_EMPTY': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The part "image" is empty.',
    nextStep: 'Send the bytes of the picture.',
  },
  'INTAKE.IMAGE_TYPE_UNSUPPORTED': {
    kind: 'invalid',
    httpStatus: 415,
    title: 'The part "image" is not a JPEG, PNG or WebP, whatever its name says.',
    nextStep: 'Send a JPEG, PNG or WebP.',
  },
  'INTAKE.IMAGE_CODING_UNSUPPORTED': {
    kind: 'invalid',
    httpStatus: 415,
    title: 'The picture is animated, or coded in a way that cameras do not use.',
    nextStep: 'Send one still picture as an ordinary JPEG, PNG or WebP.',
  },
  'INTAKE.IMAGE_HEADER_MALFORMED': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The header of the picture is broken or cut off.',
    nextStep: 'Take and send the picture again.',
  },
  'INTAKE.IMAGE_TOO_SMALL': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The picture has too few pixels to show a face.',
    nextStep: 'Send at least 640 pixels on the shorter side.',
  },
  'INTAKE.IMAGE_TOO_MANY_PIXELS': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The picture has too many pixels.',
    nextStep: 'Send a smaller picture: 1280 pixels on the longer side are plenty.',
  },
  'INTAKE.FRAME_UNUSABLE': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'A part "frame" is not a JPEG or WebP of usable size.',
    nextStep: 'Record the frames as JPEG or WebP of 640 to 1280 pixels on the longer side.',
  },
  'INTAKE.FRAMES_MISSING': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'A challenge or frame times came without a part "frame".',
    nextStep: 'Send the frames that answer the challenge, in the order in which they were taken.',
  },
  'INTAKE.FRAME_TIMES_INVALID': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The field "frameTimes" does not hold one later time for each frame.',
    nextStep: 'Send for each frame the milliseconds since the challenge was shown, ascending.',
  },
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
    nextStep: 'Read those verifications until they are decided, or cancel one.',
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
} as const satisfies Record<`INTAKE.${string}`, Refusal>;

export type RefusalCode = keyof typeof REFUSALS;

/** Names what is wrong, never its value. */
export interface FieldProblem {
  readonly path: string;
  readonly problem: string;
}

export function refusal(
  code: RefusalCode,
  options: { fields?: readonly FieldProblem[]; cause?: unknown; retryAfterSeconds?: number } = {},
): ServiceError {
  const { kind, title, nextStep, httpStatus, advice, ...usual }: Refusal = REFUSALS[code];
  const retryAfterSeconds = options.retryAfterSeconds ?? usual.retryAfterSeconds;
  const details: ServiceErrorOptions['details'] = {
    ...(httpStatus && { httpStatus }),
    ...(advice && { advice }),
    ...(options.fields && { fields: options.fields }),
  };
  return new ServiceError(kind, code, title, {
    details,
    nextStep,
    cause: options.cause,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds: secondsWithin(retryAfterSeconds) }),
  });
}

function secondsWithin(range: NonNullable<Refusal['retryAfterSeconds']>): number {
  if (typeof range === 'number') return range;
  const [least, most] = range;
  return least + Math.floor(Math.random() * (most - least + 1));
}
