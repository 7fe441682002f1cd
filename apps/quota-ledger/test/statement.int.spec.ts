import { BooksCheckV1, SlotReservedV1, SubjectStatementV1 } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef } from '@absah/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Bookkeeping } from './bookkeeping.js';
import { QuotaBed } from './quota-bed.js';

describe('the statement of a person', () => {
  let books: Bookkeeping;
  let subjectRef: string;

  beforeAll(async () => {
    books = await Bookkeeping.open();
  });
  afterAll(() => books.close());
  beforeEach(() => {
    subjectRef = sampleSubjectRef();
  });

  it('Q2 Q5 lists every entry in order with the balance after it', async () => {
    const [kept, cancelled, late, refused, moved] = Array.from({ length: 5 }, () => uuidV7()) as [
      string,
      string,
      string,
      string,
      string,
    ];
    for (const caseId of [kept, cancelled, late, refused]) await books.match(caseId, subjectRef);
    await books.activate(kept);
    await books.end(cancelled, false);
    await books.end(late, true);
    await books.match(moved, subjectRef, { operatorId: 'operator-b' });
    await books.deregister(moved);
    const statement = await books.reader.statementOf(subjectRef, 0);
    const told = statement.entries.map(({ kind, caseId, operatorId, slotNumber, pending, posted }) =>
      [kind, caseId, operatorId, slotNumber, `${pending}+${posted}`].join(' '),
    );
    expect(told).toEqual([
      `pending ${kept} operator-a 1 1+0`,
      `pending ${cancelled} operator-a 2 2+0`,
      `pending ${late} operator-a 3 3+0`,
      `refused ${refused} operator-a  3+0`,
      `posted ${kept} operator-a 1 2+1`,
      `voided ${cancelled} operator-a 2 1+1`,
      `expired ${late} operator-a 3 0+1`,
      `pending ${moved} operator-b 2 1+1`,
      `posted ${moved} operator-b 2 0+2`,
      `released ${moved} operator-b 2 0+1`,
    ]);
    expect(statement).toMatchObject({ held: { pending: 0, posted: 1 }, balanced: true, next: null });
  });

  it('Q2 goes on where the page ended, with the balance of all that was before', async () => {
    const caseId = uuidV7();
    await books.match(caseId, subjectRef);
    await books.activate(caseId);
    const { entries } = await books.reader.statementOf(subjectRef, 0);
    const rest = await books.reader.statementOf(subjectRef, entries[0]!.number);
    expect(rest.entries).toEqual([entries[1]]);
    expect(rest.balanced).toBe(true);
  });

  it('Q2 pages through a long life', async () => {
    const steps = 170;
    for (let step = 0; step < steps; step += 1) {
      const caseId = uuidV7();
      await books.match(caseId, subjectRef);
      await books.deregister(caseId);
    }
    const first = await books.reader.statementOf(subjectRef, 0);
    const second = await books.reader.statementOf(subjectRef, first.next!);
    const numbers = [...first.entries, ...second.entries].map(({ number }) => number);
    expect(numbers).toHaveLength(steps * 3);
    expect(new Set(numbers).size).toBe(steps * 3);
    expect(second.next).toBeNull();
  });

  it('Q2 of somebody unknown is empty and balanced', async () => {
    expect(await books.reader.statementOf(subjectRef, 0)).toEqual({
      entries: [],
      next: null,
      held: { pending: 0, posted: 0 },
      balanced: true,
    });
  });
});

describe('the check of the books', () => {
  let books: Bookkeeping;
  const subjectRef = sampleSubjectRef();
  let caseId: string;

  beforeEach(async () => {
    books = await Bookkeeping.open();
    caseId = uuidV7();
    await books.match(caseId, subjectRef);
    await books.match(uuidV7(), sampleSubjectRef());
  });
  afterEach(() => books.close());

  it('Q2 finds nothing in books that were kept by the ledger', async () => {
    expect(await books.reader.check(null)).toEqual({ people: 2, next: null, discrepancies: [] });
  });

  it.each([
    ['a slot that somebody removed', 'DELETE FROM slots WHERE case_id = $1', 'pending', null],
    [
      'a slot that was posted without an entry',
      `UPDATE slots SET state = 'posted', expires_at = NULL, check_at = NULL WHERE case_id = $1`,
      'pending',
      'posted',
    ],
    [
      'an entry that freed no slot',
      `INSERT INTO ledger_entries (transfer_id, kind, subject_ref, operator_id, document, case_id, slot_number)
       SELECT transfer_id, 'voided', subject_ref, operator_id, document, case_id, slot_number
       FROM ledger_entries WHERE case_id = $1`,
      null,
      'pending',
    ],
  ])('Q2 finds %s', async (_fault, damage, byEntries, bySlots) => {
    await books.database.query(damage, [caseId]);
    const { discrepancies } = await books.reader.check(null);
    expect(discrepancies).toEqual([{ subjectRef, caseId, byEntries, bySlots }]);
    expect((await books.reader.statementOf(subjectRef, 0)).balanced).toBe(false);
  });

  it('Q2 finds a slot of somebody of whom nothing is written', async () => {
    const stranger = sampleSubjectRef();
    await books.database.query(
      `INSERT INTO slots (subject_ref, operator_id, document, slot_number, transfer_id, case_id, state)
       VALUES ($1, 'operator-a', 'nik', 1, $2, $2, 'posted')`,
      [stranger, uuidV7()],
    );
    const { discrepancies } = await books.reader.check(null);
    expect(discrepancies).toEqual([
      { subjectRef: stranger, caseId: expect.any(String), byEntries: null, bySlots: 'posted' },
    ]);
  });
});

describe('the books over the bus', () => {
  let bed: QuotaBed;

  beforeAll(async () => {
    bed = await QuotaBed.open();
    await bed.service.startReplica();
  });
  afterAll(() => bed?.service.close());

  it('Q2 answers with the statement and with the check', async () => {
    const [caseId, subjectRef] = [uuidV7(), sampleSubjectRef()];
    await bed.match(caseId, subjectRef);
    await bed.bus.hears(SlotReservedV1, caseId);
    const { entries, held } = await bed.bus.ask(SubjectStatementV1, { subjectRef, after: 0 });
    expect(entries.map((entry) => [entry.kind, entry.caseId])).toEqual([['pending', caseId]]);
    expect(held).toEqual({ pending: 1, posted: 0 });
    expect(await bed.bus.ask(BooksCheckV1, { after: null })).toEqual({
      people: 1,
      next: null,
      discrepancies: [],
    });
  });
});
