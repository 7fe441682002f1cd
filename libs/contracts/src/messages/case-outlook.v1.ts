import { z } from 'zod';
import { defineQuery } from '../define-message.js';

/** As many cases as one question may name. */
const MOST_CASES = 200;

const caseIds = z.array(z.uuid()).max(MOST_CASES);

export const CaseOutlookV1 = defineQuery({
  name: 'CaseOutlookV1',
  owner: 'capture-intake',
  subject: 'qry.capture.case.outlook.v1',
  summary:
    'Which of these cases have an active SIM, and which never will; what is in neither list may still be activated.',
  askedBy: ['quota-ledger', 'ikd-gateway'],
  payload: z.strictObject({ caseIds: caseIds.min(1) }),
  /** Both answers are final. A case that the intake does not know is in neither list. */
  reply: z.strictObject({ activated: caseIds, over: caseIds }),
});
