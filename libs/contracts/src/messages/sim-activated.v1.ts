import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { instant, operatorId, sealedValue, subjectRef } from '../vocabulary.js';

export const SimActivatedV1 = defineEvent({
  name: 'SimActivatedV1',
  owner: 'capture-intake',
  subject: 'evt.capture.sim.activated.v1',
  summary: 'The operator activated the SIM of an approved case; the number is due at the registry (B1).',
  payload: z.strictObject({
    caseId: z.uuid(),
    operatorId,
    subjectRef,
    sealedNik: sealedValue,
    sealedMsisdn: sealedValue,
    activatedAt: instant,
  }),
});
