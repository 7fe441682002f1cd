import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef } from '@absah/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Bookkeeping, CAP } from './bookkeeping.js';

const WRITERS = 64;
const ATTEMPTS = 10_000;
/** Enough for a writer that is careless at the very first look. */
const CARELESS_ATTEMPTS = 1_000;
const TIMEOUT_MS = 180_000;

/** The most slots that a person held at any moment, by the entries in the order in which they were written. */
const MOST_EVER_HELD = `
  SELECT max(held)::int AS most FROM (
    SELECT sum(CASE kind WHEN 'pending' THEN 1 WHEN 'posted' THEN 0 WHEN 'refused' THEN 0 ELSE -1 END)
             OVER (PARTITION BY subject_ref ORDER BY id) AS held
    FROM ledger_entries
  ) AS balances`;

/** Lets nobody pass before that many came; then it stays open. So a race is run for certain, not by luck. */
function meetingOf(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let missing = size;
  return () => {
    missing -= 1;
    if (missing === 0) resolve();
    return promise;
  };
}

describe(`${WRITERS} writers at once, ${ATTEMPTS} attempts for 10 people`, () => {
  let books: Bookkeeping;
  const people = Array.from({ length: 10 }, sampleSubjectRef);

  beforeEach(async () => {
    books = await Bookkeeping.open(WRITERS);
  });
  afterEach(() => books.close());

  /** Shares the attempts among the writers, each of which holds a connection while it is at one. */
  async function attempt(
    work: (subjectRef: string, turn: number) => Promise<void>,
    attempts = ATTEMPTS,
  ): Promise<void> {
    let turn = 0;
    const write = async () => {
      while (turn < attempts) {
        const mine = turn;
        turn += 1;
        await work(people[mine % people.length]!, mine);
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, write));
  }

  async function mostHeldNow(): Promise<number> {
    const [row] = await books.database.query<[{ most: number }]>(
      'SELECT max(held)::int AS most FROM (SELECT count(*) AS held FROM slots GROUP BY subject_ref) AS holdings',
    );
    return row.most;
  }

  it(
    'Q1 nobody ever holds more than three, while slots are taken, posted, freed and released',
    async () => {
      await attempt(async (subjectRef, turn) => {
        const caseId = uuidV7();
        if ((await books.match(caseId, subjectRef)) !== 'reserved') return;
        // By the round, not by the turn, which also says whose turn it is: everybody's slots end in either way.
        const round = Math.floor(turn / people.length);
        // Of the last tenth, every fourth keeps its slot: near the end nearly everybody is refused.
        if (round % 4 === 0 && turn > ATTEMPTS * 0.9) return;
        if (round % 2 === 0) await books.free(caseId);
        else await books.deregister(caseId);
      });
      const [row] = await books.database.query<[{ most: number }]>(MOST_EVER_HELD);
      expect(row.most).toBe(CAP);
      expect(await mostHeldNow()).toBeLessThanOrEqual(CAP);
      expect(await books.disagreements()).toEqual([]);
      const [answers] = await books.database.query<[{ answered: number }]>(
        `SELECT count(*)::int AS answered FROM ledger_entries WHERE kind IN ('pending', 'refused')`,
      );
      expect(answers.answered).toBe(ATTEMPTS);
    },
    TIMEOUT_MS,
  );

  /** Looks first, and inserts then: what others did in between is for the database to notice. */
  async function reserveNaively(subjectRef: string, allHaveLooked: () => Promise<void>): Promise<void> {
    const held = await books.slotNumbersOf(subjectRef);
    await allHaveLooked();
    if (held.length >= CAP) return;
    const number = [1, 2, 3].find((one) => !held.includes(one));
    await books.database.query(
      `INSERT INTO slots (subject_ref, counted_within, operator_id, document, slot_number, cap, transfer_id, case_id, state)
       VALUES ($1, '*', 'operator-a', 'nik', $2, $3, $4, $4, 'posted')`,
      [subjectRef, number, CAP, uuidV7()],
    );
  }

  it(
    'Q1 the guards of the database stop also a writer that looks first and inserts then',
    async () => {
      const refusals = new Set<unknown>();
      const allHaveLooked = meetingOf(WRITERS);
      await attempt(
        (subjectRef) =>
          reserveNaively(subjectRef, allHaveLooked).catch((error: unknown) => {
            refusals.add((error as { constraint?: unknown }).constraint);
          }),
        CARELESS_ATTEMPTS,
      );
      expect(refusals).toEqual(new Set(['one_holder_per_slot']));
      expect(await mostHeldNow()).toBe(CAP);
    },
    TIMEOUT_MS,
  );

  it(
    'Q1 control: without the guards, the same writer gives some a fourth',
    async () => {
      await books.database.query('ALTER TABLE slots DROP CONSTRAINT one_holder_per_slot');
      await books.database.query('ALTER TABLE slots DISABLE TRIGGER slots_keep_cap');
      const allHaveLooked = meetingOf(WRITERS);
      await attempt((subjectRef) => reserveNaively(subjectRef, allHaveLooked), CARELESS_ATTEMPTS);
      expect(await mostHeldNow()).toBeGreaterThan(CAP);
    },
    TIMEOUT_MS,
  );
});
