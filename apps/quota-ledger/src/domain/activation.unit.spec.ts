import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideActivation, type CaseHistory } from './activation.js';

const pending = { round: 1, kind: 'pending' } as const;
const released = { round: 1, kind: 'released' } as const;
const pendingAgain = { round: 2, kind: 'pending' } as const;
const postedAgain = { round: 2, kind: 'posted' } as const;

function history(...entries: CaseHistory['entries']): CaseHistory {
  return { entries, refused: false };
}

describe('decideActivation', () => {
  it('Q2 waits for a reservation that was not seen yet', () => {
    expect(decideActivation(history())).toEqual({ kind: 'wait' });
  });

  it('Q2 waits when the slot became pending after the attempt to post it', () => {
    expect(decideActivation(history(pending))).toEqual({ kind: 'wait' });
  });

  it('Q2 leaves a posted transfer alone', () => {
    expect(decideActivation(history(pending, { round: 1, kind: 'posted' }))).toEqual({
      kind: 'posted-before',
    });
  });

  it('Q2 takes a slot again, in the next round, when the reservation expired', () => {
    expect(decideActivation(history(pending, released))).toEqual({ kind: 'take-again', round: 2 });
  });

  it('Q1 never grants a slot to a case that was refused one', () => {
    expect(decideActivation({ entries: [], refused: true })).toEqual({ kind: 'never-granted' });
  });

  it('Q2 goes by the last round, in whatever order the entries are read', () => {
    const entries = [pending, released, pendingAgain, postedAgain];
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        expect(decideActivation(history(...shuffled))).toEqual({ kind: 'posted-before' });
      }),
    );
  });
});
