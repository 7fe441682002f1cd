import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { subjectRef } from '../vocabulary.js';

export const SlotRefusedV1 = defineEvent({
  name: 'SlotRefusedV1',
  owner: 'quota-ledger',
  subject: 'evt.quota.slot.refused.v1',
  summary: 'Every SIM slot of the person is taken (Q1).',
  payload: z.strictObject({
    caseId: z.uuid(),
    subjectRef,
    reason: z.literal('cap-reached'),
    cap: z.int().positive(),
  }),
});
