import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { operatorAccount } from '../operations/dead-letters.js';
import { instant, subjectRef } from '../vocabulary.js';

export const PersonKeyDestroyedV1 = defineEvent({
  name: 'PersonKeyDestroyedV1',
  owner: 'privacy',
  subject: 'evt.privacy.person-key.destroyed.v1',
  summary:
    'The key of a person was destroyed: everything sealed under it is unreadable for good, wherever it is.',
  payload: z.strictObject({
    keyId: z.uuid(),
    subjectRef,
    /** The case on whose occasion the person asked for it, where there is one. */
    caseId: z.uuid().optional(),
    requestedBy: operatorAccount,
    destroyedAt: instant,
  }),
});
