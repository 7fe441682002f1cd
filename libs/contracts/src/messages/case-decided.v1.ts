import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { decision, MOST_REASONS, operatorId, outcomeReason, score, subjectRef } from '../vocabulary.js';

export const CaseDecidedV1 = defineEvent({
  name: 'CaseDecidedV1',
  owner: 'capture-intake',
  subject: 'evt.capture.case.decided.v1',
  summary:
    'A case reached a decision that its operator can act on. A parked, approved or assisted one may be followed by another; after any other, its SIM is never activated.',
  payload: z.strictObject({
    caseId: z.uuid(),
    operatorId,
    subjectRef,
    decision,
    reasons: z.array(outcomeReason).max(MOST_REASONS),
    matchScore: score.optional(),
  }),
});
