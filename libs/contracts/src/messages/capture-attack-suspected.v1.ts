import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { burstSuspicion, score, subjectRef } from '../vocabulary.js';

export const CaptureAttackSuspectedV1 = defineEvent({
  name: 'CaptureAttackSuspectedV1',
  owner: 'liveness',
  subject: 'evt.liveness.capture.attack-suspected.v1',
  summary: 'The picture is good but looks like a print, a screen or a mask, or its burst is not of a person.',
  payload: z.strictObject({
    caseId: z.uuid(),
    captureId: z.uuid(),
    subjectRef,
    livenessScore: score,
    modelChain: z.string(),
    /** What the burst showed; absent when the picture itself looked like an attack. */
    suspicion: burstSuspicion.optional(),
  }),
});
