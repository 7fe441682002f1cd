import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { registryRefusal, subjectRef } from '../vocabulary.js';

export const IdentityRefusedV1 = defineEvent({
  name: 'IdentityRefusedV1',
  owner: 'ikd-gateway',
  subject: 'evt.ikd.identity.refused.v1',
  summary: 'The registry knows no person to compare with, or one who cannot register a SIM.',
  payload: z.strictObject({
    caseId: z.uuid(),
    subjectRef,
    transactionId: z.uuid(),
    /** The registry's answer code (WIRE: demographic match codes). */
    registryCode: z.string().regex(/^\d{2,4}$/),
    reason: registryRefusal,
  }),
});
