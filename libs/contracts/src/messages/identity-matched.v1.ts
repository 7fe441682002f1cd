import { z } from 'zod';
import { defineEvent } from '../define-message.js';
import { documentKind, operatorId, score, subjectRef } from '../vocabulary.js';

const compared = z.strictObject({
  caseId: z.uuid(),
  subjectRef,
  /** The registry's own id of the comparison; the same for every retry of one case. */
  transactionId: z.uuid(),
  matchScore: score,
});

export const IdentityMatchedV1 = defineEvent({
  name: 'IdentityMatchedV1',
  owner: 'ikd-gateway',
  subject: 'evt.ikd.identity.matched.v1',
  summary: 'The registry compared the template with its reference for the NIK: the same person.',
  payload: compared.extend({ operatorId, document: documentKind }),
});

export const IdentityMismatchedV1 = defineEvent({
  name: 'IdentityMismatchedV1',
  owner: 'ikd-gateway',
  subject: 'evt.ikd.identity.mismatched.v1',
  summary: 'The registry compared the template with its reference for the NIK: somebody else.',
  payload: compared,
});
