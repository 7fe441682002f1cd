import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { subjectRef } from '../vocabulary.js';

export const SlotReleasedV1 = defineEvent({
  name: 'SlotReleasedV1',
  owner: 'quota-ledger',
  subject: 'evt.quota.slot.released.v1',
  summary: 'A held slot is free again: its SIM was not activated, or was deregistered (Q2).',
  payload: z.strictObject({
    caseId: z.uuid(),
    subjectRef,
    reservationId: z.uuid(),
    /** Not activated in time; the case ended earlier without an activation; or the SIM was deregistered. */
    cause: z.enum(['expired', 'voided', 'deregistered']),
  }),
});
