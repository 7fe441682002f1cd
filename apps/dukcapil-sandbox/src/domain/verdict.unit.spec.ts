import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verdictOf } from './verdict.js';

describe('V6 verdictOf', () => {
  it.each([
    [0.95, undefined, { verdict: 'match', matchScore: 0.95 }],
    [0.94999, undefined, { verdict: 'mismatch', matchScore: 0.9499 }],
    [0.97, 0.98, { verdict: 'mismatch', matchScore: 0.97 }],
    [0.97, 0.9, { verdict: 'match', matchScore: 0.97 }],
    [0, undefined, { verdict: 'mismatch', matchScore: 0 }],
    [1, 1, { verdict: 'match', matchScore: 1 }],
  ] as const)('score %d against threshold %d', (score, threshold, verdict) => {
    expect(verdictOf(score, threshold)).toEqual(verdict);
  });

  it('never lifts a score and never contradicts it', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (score, threshold) => {
        const { verdict, matchScore } = verdictOf(score, threshold);
        expect(matchScore).toBeLessThanOrEqual(score);
        expect(verdict === 'match').toBe(matchScore >= threshold);
      }),
    );
  });
});
