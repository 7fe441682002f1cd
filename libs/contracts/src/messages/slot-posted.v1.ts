import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { subjectRef } from '../vocabulary.js';

export const SlotPostedV1 = defineEvent({
  name: 'SlotPostedV1',
  owner: 'quota-ledger',
  subject: 'evt.quota.slot.posted.v1',
  summary: 'The held slot became a registered SIM.',
  payload: z.strictObject({
    caseId: z.uuid(),
    subjectRef,
    reservationId: z.uuid(),
    slotNumber: z.int().positive(),
  }),
});
