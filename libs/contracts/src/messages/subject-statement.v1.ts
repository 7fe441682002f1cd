import { z } from 'zod';
import { defineQuery, OPERATOR } from '../define-message.js';
import { documentKind, instant, operatorId, subjectRef } from '../vocabulary.js';

/** The place of an entry in the ledger: later ones have higher numbers, some numbers are missing. */
const entryNumber = z.int().nonnegative();
const count = z.int().nonnegative();

export const SubjectStatementV1 = defineQuery({
  name: 'SubjectStatementV1',
  owner: 'quota-ledger',
  subject: 'qry.quota.subject.statement.v1',
  summary: 'Every ledger entry of a person in order, with the balance after each, and what is held now (Q2).',
  askedBy: [OPERATOR],
  payload: z.strictObject({ subjectRef, after: entryNumber }),
  reply: z.strictObject({
    entries: z.array(
      z.strictObject({
        number: entryNumber,
        at: instant,
        kind: z.enum(['pending', 'posted', 'voided', 'expired', 'released', 'refused']),
        caseId: z.uuid(),
        operatorId,
        document: documentKind,
        /** None for a refusal. */
        slotNumber: z.int().positive().nullable(),
        /** Slots of the person after this entry. */
        pending: count,
        posted: count,
      }),
    ),
    /** Where to go on, when there is more. */
    next: entryNumber.nullable(),
    held: z.strictObject({ pending: count, posted: count }),
    /** Whether all entries add up to what is held. */
    balanced: z.boolean(),
  }),
});
