import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { caseTerms, retakeReason, sealedValue, subjectRef } from '../vocabulary.js';

export const FaceExtractedV1 = defineEvent({
  name: 'FaceExtractedV1',
  owner: 'template-extraction',
  subject: 'evt.template.face.extracted.v1',
  summary: 'The template was made and sealed; it is fetched by id from its owner.',
  payload: z.strictObject({
    caseId: z.uuid(),
    captureId: z.uuid(),
    templateId: z.uuid(),
    ...caseTerms,
    subjectRef,
    sealedNik: sealedValue,
    modelChain: z.string(),
  }),
});

export const FaceLostV1 = defineEvent({
  name: 'FaceLostV1',
  owner: 'template-extraction',
  subject: 'evt.template.face.lost.v1',
  summary: 'The aligned face expired before its template was made; the person is asked for another picture.',
  payload: z.strictObject({
    caseId: z.uuid(),
    captureId: z.uuid(),
    subjectRef,
    reasons: z.array(retakeReason).length(1),
  }),
});
