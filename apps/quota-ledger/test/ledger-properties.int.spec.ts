import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Bookkeeping, CAP } from './bookkeeping.js';

interface Step {
  readonly act: 'match' | 'activate' | 'expire';
  readonly who: number;
}

const CASES = 6;
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('match' as const, 'activate' as const, 'expire' as const),
  who: fc.nat({ max: CASES - 1 }),
});

type Phase = 'unknown' | 'pending' | 'posted' | 'released' | 'refused';

/** What a ledger without a database would do with the cases of one person. */
class PaperLedger {
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
    const phase = this.phases[who];
    if (phase === 'unknown') return 'QUOTA.RESERVATION_NOT_SEEN';
    if (phase === 'refused') return 'QUOTA.ACTIVATED_WITHOUT_GRANT';
    if (phase === 'posted') return 'nothing';
    if (phase === 'released' && this.held === CAP) return 'QUOTA.NO_SLOT_AT_ACTIVATION';
    this.phases[who] = 'posted';
    return 'SlotPostedV1';
  }

  expire(who: number): void {
    if (this.phases[who] === 'pending') this.phases[who] = 'released';
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
      const caseId = caseIds[who] ?? '';
      if (act !== 'expire') return books[act](caseId, subjectRef);
      await books.expire(caseId);
      return undefined;
    };
    return { subjectRef, perform };
  }

  it('Q1 Q2 answers as a ledger on paper would', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const { subjectRef, perform } = newPerson();
        const paper = new PaperLedger();
        for (const next of steps) expect(await perform(next)).toEqual(paper[next.act](next.who));
        expect(await books.slotNumbersOf(subjectRef)).toHaveLength(paper.held);
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
