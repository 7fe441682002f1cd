import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { subjectRef } from '../vocabulary.js';

export const SlotReleasedV1 = defineEvent({
  name: 'SlotReleasedV1',
  owner: 'quota-ledger',
  subject: 'evt.quota.slot.released.v1',
  summary: 'A held slot was given back because its SIM was not activated in time.',
  payload: z.strictObject({
    caseId: z.uuid(),
    subjectRef,
    reservationId: z.uuid(),
    cause: z.literal('expired'),
  }),
});
