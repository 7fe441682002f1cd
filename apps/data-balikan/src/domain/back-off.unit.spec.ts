import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { delayBeforeRetry } from './back-off.js';

const policy = { firstDelayMs: 1_000, longestDelayMs: 60_000 };

describe('B2 delayBeforeRetry', () => {
  it.each([
    [1, 0, 500],
    [1, 0.999, 1_000],
    [2, 0, 1_000],
    [3, 0, 2_000],
    [7, 0, 30_000],
    [1_000_000, 0.5, 45_000],
  ])('after %d tries with chance %d is %d ms', (attempts, chance, delay) => {
    expect(delayBeforeRetry(attempts, chance, policy)).toBe(delay);
  });

  it('stays between half the first delay and the longest one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (n, chance) => {
          const delay = delayBeforeRetry(n, chance, policy);
          expect(delay).toBeGreaterThanOrEqual(500);
          expect(delay).toBeLessThanOrEqual(60_000);
        },
      ),
    );
  });
});
