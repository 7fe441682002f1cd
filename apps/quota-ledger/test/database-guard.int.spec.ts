import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bookkeeping } from './bookkeeping.js';

describe('the database, whatever the code does', () => {
  let books: Bookkeeping;
  const subjectRef = sampleSubjectRef();

  beforeAll(async () => {
    books = await Bookkeeping.open();
    for (let i = 0; i < 3; i += 1) await books.match(uuidV7(), subjectRef);
  });

  afterAll(() => books.close());

  function insertSlot(slotNumber: number): Promise<unknown> {
    return books.database.query(
      `INSERT INTO slots (scope, scope_key, slot_number, cap, reservation_id, case_id, round, subject_ref, state)
       VALUES ('person', $1, $2, 99, $3, $4, 1, $1, 'posted')`,
      [subjectRef, slotNumber, uuidV7(), uuidV7()],
    );
  }

  it('Q1 has no fourth slot, even for a statement that claims a higher cap', async () => {
    await expect(insertSlot(4)).rejects.toThrow('slot_within_cap');
  });

  it('Q1 has each slot once', async () => {
    await expect(insertSlot(2)).rejects.toThrow('one_holder_per_slot');
  });

  it('Q1 does not let a held slot be renumbered beyond the cap', async () => {
    const renumbering = books.database.query(
      'UPDATE slots SET slot_number = 4, cap = 99 WHERE slot_number = 3',
    );
    await expect(renumbering).rejects.toThrow('slot_within_cap');
  });

  it.each([
    `UPDATE ledger_entries SET kind = 'released'`,
    'DELETE FROM ledger_entries',
    'TRUNCATE ledger_entries',
  ])('Q2 refuses %s', async (statement) => {
    await expect(books.database.query(statement)).rejects.toThrow('append-only');
  });

  it('Q2 resolves a transfer at most once', async () => {
    const resolve = (kind: string) =>
      books.database.query(
        `INSERT INTO ledger_entries (transfer_id, kind, subject_ref, scope, slot_number, case_id, round)
         SELECT transfer_id, $1, subject_ref, scope, slot_number, case_id, round FROM ledger_entries
         WHERE kind = 'pending' AND slot_number = 1`,
        [kind],
      );
    await resolve('posted');
    await expect(resolve('released')).rejects.toThrow('each_phase_of_a_transfer_once');
  });
});
