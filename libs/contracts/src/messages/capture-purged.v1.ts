import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { instant } from '../vocabulary.js';

const payload = z.strictObject({ caseId: z.uuid(), captureId: z.uuid(), purgedAt: instant });

/** Two owners may end a picture's life, so there are two messages: a message has one publisher. */
export const CapturePurgedByLivenessV1 = defineEvent({
  name: 'CapturePurgedByLivenessV1',
  owner: 'liveness',
  subject: 'evt.liveness.capture.purged.v1',
  summary: 'The image of a refused picture was destroyed.',
  payload,
});

export const CapturePurgedAfterTemplateV1 = defineEvent({
  name: 'CapturePurgedAfterTemplateV1',
  owner: 'template-extraction',
  subject: 'evt.template.capture.purged.v1',
  summary: 'The image and the aligned face were destroyed after the template was sealed (A3).',
  payload,
});
