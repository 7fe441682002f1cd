import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { instant, subjectRef } from '../vocabulary.js';

export const IdentityParkedV1 = defineEvent({
  name: 'IdentityParkedV1',
  owner: 'ikd-gateway',
  subject: 'evt.ikd.identity.parked.v1',
  summary: 'The registry cannot answer now; the case waits with its sealed template and is tried again (V9).',
  payload: z.strictObject({
    caseId: z.uuid(),
    subjectRef,
    cause: z.enum(['unreachable', 'timed-out', 'busy', 'access-refused']),
    retryAt: instant,
  }),
});
