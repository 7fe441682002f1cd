import { z } from 'zod';
import { defineQuery, OPERATOR } from '../define-message.js';
import { subjectRef } from '../vocabulary.js';

const state = z.enum(['pending', 'posted']).nullable();

export const BooksCheckV1 = defineQuery({
  name: 'BooksCheckV1',
  owner: 'quota-ledger',
  subject: 'qry.quota.books.check.v1',
  summary: 'Compares what the ledger entries of the next people add up to with the slots that they hold.',
  askedBy: [OPERATOR],
  /** People are gone through in the order of their references; `after` is where the last answer ended. */
  payload: z.strictObject({ after: subjectRef.nullable() }),
  reply: z.strictObject({
    people: z.int().nonnegative(),
    next: subjectRef.nullable(),
    discrepancies: z.array(
      z.strictObject({ subjectRef, caseId: z.uuid(), byEntries: state, bySlots: state }),
    ),
  }),
});
