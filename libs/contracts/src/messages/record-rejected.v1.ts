import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { subjectRef } from '../vocabulary.js';

export const RecordRejectedV1 = defineEvent({
  name: 'RecordRejectedV1',
  owner: 'data-balikan',
  subject: 'evt.balikan.record.rejected.v1',
  summary:
    'The registry refused a feedback record for good, or the key of its person was destroyed before; somebody has to look after it (B2).',
  payload: z.strictObject({
    caseId: z.uuid(),
    subjectRef,
    recordId: z.uuid(),
    cause: z.enum(['malformed', 'nik-unknown', 'institution-unknown', 'key-destroyed']),
  }),
});
