import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import {
  caseTerms,
  challengeNonce,
  consentPurpose,
  consentVersion,
  flashColour,
  frameTimes,
  instant,
  MOST_FRAMES,
  movement,
  sealedValue,
  sha256Hex,
  subjectRef,
} from '../vocabulary.js';

/** The burst that came with the image, and the challenge that it answers (V5). */
const burst = z.strictObject({
  frameCount: z.int().min(1).max(MOST_FRAMES),
  byteLength: z.int().positive(),
  /** Of the packed frames, as they are put into the stream. */
  sha256: sha256Hex,
  answers: z
    .strictObject({
      challengeId: z.uuid(),
      nonce: challengeNonce,
      movements: z.array(movement),
      colours: z.array(flashColour),
      frameTimes,
      /** What the person was given to answer in. */
      lifetimeMs: z.int().positive(),
    })
    .optional(),
});

export const VerificationSubmittedV1 = defineEvent({
  name: 'VerificationSubmittedV1',
  owner: 'capture-intake',
  subject: 'evt.capture.verification.submitted.v1',
  summary: 'A consented verification was accepted; its image waits, sealed, in the memory-only stream.',
  payload: z.strictObject({
    caseId: z.uuid(),
    captureId: z.uuid(),
    ...caseTerms,
    subjectRef,
    sealedNik: sealedValue,
    consent: z.strictObject({ purpose: consentPurpose, version: consentVersion, givenAt: instant }),
    image: z.strictObject({
      mediaType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
      byteLength: z.int().positive(),
      sha256: sha256Hex,
    }),
    burst: burst.optional(),
  }),
});
