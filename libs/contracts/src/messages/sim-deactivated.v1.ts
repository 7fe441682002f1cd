import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { instant, operatorId, subjectRef } from '../vocabulary.js';

export const SimDeactivatedV1 = defineEvent({
  name: 'SimDeactivatedV1',
  owner: 'capture-intake',
  subject: 'evt.capture.sim.deactivated.v1',
  summary: 'The operator deregistered the SIM of an activated case; its slot is free again (Q2).',
  payload: z.strictObject({ caseId: z.uuid(), operatorId, subjectRef, deactivatedAt: instant }),
});
