import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { instant, subjectRef } from '../vocabulary.js';

export const SlotReservedV1 = defineEvent({
  name: 'SlotReservedV1',
  owner: 'quota-ledger',
  subject: 'evt.quota.slot.reserved.v1',
  summary: 'One of the SIM slots of a person is held for a case until it is activated or expires (Q2).',
  payload: z.strictObject({
    caseId: z.uuid(),
    subjectRef,
    reservationId: z.uuid(),
    slotNumber: z.int().positive(),
    expiresAt: instant,
  }),
});
