import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { subjectRef } from '../vocabulary.js';

export const RecordAcceptedV1 = defineEvent({
  name: 'RecordAcceptedV1',
  owner: 'data-balikan',
  subject: 'evt.balikan.record.accepted.v1',
  summary: 'The registry stored who holds the number, now or at an earlier try (B2).',
  payload: z.strictObject({
    caseId: z.uuid(),
    subjectRef,
    recordId: z.uuid(),
    answer: z.enum(['stored', 'already-sent']),
  }),
});
