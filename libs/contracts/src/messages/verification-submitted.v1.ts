import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import {
  consentPurpose,
  consentVersion,
  instant,
  operatorId,
  sealedValue,
  sha256Hex,
  subjectRef,
} from '../vocabulary.js';

export const VerificationSubmittedV1 = defineEvent({
  name: 'VerificationSubmittedV1',
  owner: 'capture-intake',
  subject: 'evt.capture.verification.submitted.v1',
  summary: 'A consented verification was accepted; its image waits, sealed, in the memory-only stream.',
  payload: z.strictObject({
    caseId: z.uuid(),
    captureId: z.uuid(),
    operatorId,
    subjectRef,
    sealedNik: sealedValue,
    consent: z.strictObject({ purpose: consentPurpose, version: consentVersion, givenAt: instant }),
    image: z.strictObject({
      mediaType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
      byteLength: z.int().positive(),
      sha256: sha256Hex,
    }),
  }),
});
