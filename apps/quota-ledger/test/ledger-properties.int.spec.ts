import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Bookkeeping, CAP } from './bookkeeping.js';

interface Step {
  readonly act: 'match' | 'activate' | 'deregister' | 'cancel' | 'expire';
  readonly who: number;
}

const CASES = 6;
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('match', 'match', 'activate', 'deregister', 'cancel', 'expire'),
  who: fc.nat({ max: CASES - 1 }),
});

type Phase = 'unknown' | 'pending' | 'posted' | 'voided' | 'expired' | 'released' | 'refused';

/** Where the cases of one person have to be, and what has to be answered about them. */
class ExpectedPhases {
  private readonly phases: Phase[] = Array.from({ length: CASES }, () => 'unknown');

  get held(): number {
    return this.phases.filter((phase) => phase === 'pending' || phase === 'posted').length;
  }

  match(who: number): string {
    if (this.phases[who] !== 'unknown') return 'answered-before';
    this.phases[who] = this.held < CAP ? 'pending' : 'refused';
    return this.phases[who] === 'pending' ? 'reserved' : 'refused';
  }

  activate(who: number): string {
    switch (this.phases[who]!) {
      case 'unknown':
        return 'QUOTA.RESERVATION_NOT_SEEN';
      case 'refused':
        return 'QUOTA.ACTIVATED_WITHOUT_GRANT';
      case 'voided':
      case 'expired':
        return 'QUOTA.ACTIVATED_AFTER_ITS_END';
      case 'posted':
      case 'released':
        return 'nothing';
      case 'pending':
        this.phases[who] = 'posted';
        return 'SlotPostedV1';
    }
  }

  deregister(who: number): string {
    const before = this.phases[who]!;
    switch (before) {
      case 'unknown':
        return 'QUOTA.RESERVATION_NOT_SEEN';
      case 'refused':
      case 'voided':
      case 'expired':
        return 'QUOTA.DEREGISTERED_WITHOUT_SLOT';
      case 'released':
        return 'nothing';
      case 'pending':
      case 'posted':
        this.phases[who] = 'released';
        return before === 'posted' ? 'SlotReleasedV1' : 'SlotPostedV1 SlotReleasedV1';
    }
  }

  cancel(who: number): undefined {
    if (this.phases[who] === 'pending') this.phases[who] = 'voided';
  }

  expire(who: number): undefined {
    if (this.phases[who] === 'pending') this.phases[who] = 'expired';
  }

  ends(): string[] {
    return this.phases.filter((phase) => phase !== 'unknown').toSorted();
  }
}

describe('the ledger under any sequence of movements', () => {
  let books: Bookkeeping;

  beforeAll(async () => {
    books = await Bookkeeping.open();
  });

  afterAll(() => books.close());

  function newPerson() {
    const subjectRef = sampleSubjectRef();
    const caseIds = Array.from({ length: CASES }, () => uuidV7());
    const perform = async ({ act, who }: Step): Promise<string | undefined> => {
      const caseId = caseIds[who]!;
      if (act === 'match') return books.matchAtLast(caseId, subjectRef);
      if (act === 'activate' || act === 'deregister') return books[act](caseId);
      await books.end(caseId, act === 'expire');
      return undefined;
    };
    return { subjectRef, perform };
  }

  async function endsOf(subjectRef: string): Promise<string[]> {
    const rows = await books.database.query<{ kind: string }[]>(
      `SELECT DISTINCT ON (case_id) kind FROM ledger_entries WHERE subject_ref = $1 ORDER BY case_id, id DESC`,
      [subjectRef],
    );
    return rows.map((row) => row.kind).toSorted();
  }

  it('Q1 Q2 answers as the phases of the cases demand', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const { subjectRef, perform } = newPerson();
        const expected = new ExpectedPhases();
        for (const next of steps) expect(await perform(next)).toEqual(expected[next.act](next.who));
        expect(await books.slotNumbersOf(subjectRef)).toHaveLength(expected.held);
        expect(await endsOf(subjectRef)).toEqual(expected.ends());
      }),
      { numRuns: 60 },
    );
    expect(await books.disagreements()).toEqual([]);
  });

  it('Q1 used + reserved ≤ cap under any interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 2, maxLength: 10, size: 'max' }), { maxLength: 6, size: 'max' }),
        async (waves) => {
          const { subjectRef, perform } = newPerson();
          for (const wave of waves) {
            await Promise.all(wave.map(perform));
            const numbers = await books.slotNumbersOf(subjectRef);
            expect(new Set(numbers).size).toBe(numbers.length);
            expect(numbers.every((number) => number >= 1 && number <= CAP)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(await books.disagreements()).toEqual([]);
  });
});
