import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { decision, operatorId, rejectionReason, retakeReason, score, subjectRef } from '../vocabulary.js';

export const CaseDecidedV1 = defineEvent({
  name: 'CaseDecidedV1',
  owner: 'capture-intake',
  subject: 'evt.capture.case.decided.v1',
  summary: 'A case reached a decision that its operator can act on; a parked one will be decided again.',
  payload: z.strictObject({
    caseId: z.uuid(),
    operatorId,
    subjectRef,
    decision,
    reasons: z.array(z.union([rejectionReason, retakeReason, z.literal('registry-unavailable')])).max(3),
    matchScore: score.optional(),
  }),
});
