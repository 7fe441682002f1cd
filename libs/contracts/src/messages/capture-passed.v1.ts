import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { caseTerms, score, sealedValue, subjectRef } from '../vocabulary.js';

export const CapturePassedV1 = defineEvent({
  name: 'CapturePassedV1',
  owner: 'liveness',
  subject: 'evt.liveness.capture.passed.v1',
  summary: 'The picture is good and shows a living person; its aligned face waits, sealed, beside the image.',
  payload: z.strictObject({
    caseId: z.uuid(),
    captureId: z.uuid(),
    ...caseTerms,
    subjectRef,
    sealedNik: sealedValue,
    livenessScore: score,
    modelChain: z.string(),
  }),
});
