import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bookkeeping } from './bookkeeping.js';

describe('the database, whatever the code does', () => {
  let books: Bookkeeping;
  let pending: string;
  let posted: string;
  const subjectRef = sampleSubjectRef();

  beforeAll(async () => {
    books = await Bookkeeping.open();
    const caseIds = Array.from({ length: 3 }, () => uuidV7());
    for (const caseId of caseIds) await books.match(caseId, subjectRef);
    await books.activate(caseIds[2]!);
    [pending, posted] = [await transferOf(caseIds[0]!), await transferOf(caseIds[2]!)];
  });

  afterAll(() => books.close());

  async function transferOf(caseId: string): Promise<string> {
    const sql = 'SELECT transfer_id FROM slots WHERE case_id = $1';
    const [row] = await books.database.query<{ transfer_id: string }[]>(sql, [caseId]);
    return row!.transfer_id;
  }

  function insertSlot(person: string, slotNumber: number): Promise<unknown> {
    return books.database.query(
      `INSERT INTO slots (subject_ref, counted_within, operator_id, document, slot_number, cap, transfer_id, case_id, state)
       VALUES ($1, 'a scope of its own', 'operator-z', 'nik', $2, 99, $3, $4, 'posted')`,
      [person, slotNumber, uuidV7(), uuidV7()],
    );
  }

  /** An entry like the pending one of `transferId`, but for its kind. */
  function writeEntry(kind: string, transferId: string, as = transferId): Promise<unknown> {
    return books.database.query(
      `INSERT INTO ledger_entries (transfer_id, kind, subject_ref, operator_id, document, case_id, slot_number)
       SELECT $3, $1, subject_ref, operator_id, document, case_id, CASE WHEN $1 <> 'refused' THEN slot_number END FROM ledger_entries
       WHERE kind = 'pending' AND transfer_id = $2`,
      [kind, transferId, as],
    );
  }

  it('Q1 has no slot beyond the cap, even for a statement that claims a higher one', async () => {
    await expect(insertSlot(sampleSubjectRef(), 4)).rejects.toThrow('slot_within_cap');
  });

  it('Q1 has each slot once, even for a statement that claims another scope', async () => {
    await expect(insertSlot(subjectRef, 2)).rejects.toThrow('one_holder_per_slot');
  });

  it('Q1 counts what is held, so that a free number alone admits nobody', async () => {
    await expect(insertSlot(subjectRef, 4)).rejects.toThrow('the cap is reached');
  });

  it.each([
    ['renumbered', 'slot_number = 4, cap = 99'],
    ['given to another case', 'case_id = transfer_id'],
    ['given to another person', `subject_ref = 'somebody'`],
    ['made pending again', `state = 'pending', expires_at = now(), check_at = now()`],
  ])('Q1 does not let a posted slot be %s', async (_how, change) => {
    const moving = books.database.query(`UPDATE slots SET ${change} WHERE transfer_id = $1`, [posted]);
    await expect(moving).rejects.toThrow('does not change hands');
  });

  it.each(['ledger_entries', 'policy_revisions', 'cap_rules'])('Q2 rewrites nothing in %s', async (table) => {
    const column = table === 'ledger_entries' ? 'transfer_id' : 'revision';
    for (const statement of [`UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`]) {
      await expect(books.database.query(statement)).rejects.toThrow('is append-only');
    }
    await expect(books.database.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow('is append-only');
  });

  it.each(['posted', 'voided', 'expired'])(
    'Q2 resolves a transfer at most once: not %s as well',
    async (kind) => {
      const keys = /one_resolution_per_transfer|each_kind_once/;
      await expect(writeEntry(kind, posted)).rejects.toThrow(keys);
    },
  );

  it.each(['posted', 'voided', 'expired', 'released'])(
    'Q2 lets no %s stand without what precedes it',
    async (kind) => {
      await expect(writeEntry(kind, pending, uuidV7())).rejects.toThrow('follows_its_phase');
    },
  );

  it('Q2 releases only what was posted', async () => {
    await expect(writeEntry('released', pending)).rejects.toThrow('follows_its_phase');
  });

  it.each(['pending', 'refused'])('Q2 answers a case once: not %s as well', async (kind) => {
    await expect(writeEntry(kind, pending, uuidV7())).rejects.toThrow('one_answer_per_case');
  });
});
