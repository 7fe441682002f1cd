import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { retakeReason, subjectRef } from '../vocabulary.js';

export const CaptureRetakeRequestedV1 = defineEvent({
  name: 'CaptureRetakeRequestedV1',
  owner: 'liveness',
  subject: 'evt.liveness.capture.retake-requested.v1',
  summary:
    'The picture cannot be judged; the person is asked for a better one and is not suspected of anything.',
  payload: z.strictObject({
    caseId: z.uuid(),
    captureId: z.uuid(),
    subjectRef,
    /** The most helpful first. */
    reasons: z.array(retakeReason).min(1).max(3),
  }),
});
