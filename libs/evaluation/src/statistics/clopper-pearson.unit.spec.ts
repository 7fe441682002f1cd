import { describe, expect, it } from '@jest/globals';
import { clopperPearson } from './clopper-pearson.js';

describe('clopperPearson (V3, V4)', () => {
  // With no error the upper end solves (1 - p)^n = 0.025; the other rows are printed in textbooks.
  it.each([
    [0, 10, 0, 1 - 0.025 ** (1 / 10)],
    [10, 10, 0.025 ** (1 / 10), 1],
    [1, 10, 0.002529, 0.445016],
    [3, 10, 0.066739, 0.652453],
    [5, 100, 0.016432, 0.112835],
    [153, 15_300_000, 8.4783e-6, 1.17162e-5],
  ])('puts %i errors in %i trials between %f and %f', (errors, trials, low, high) => {
    const interval = clopperPearson(errors, trials);
    expect(interval[0]).toBeCloseTo(low, errors > 100 ? 9 : 5);
    expect(interval[1]).toBeCloseTo(high, errors > 100 ? 9 : 5);
  });

  it('knows nothing from no trial', () => {
    expect(clopperPearson(0, 0)).toEqual([0, 1]);
  });

  it('refuses more errors than trials', () => {
    expect(() => clopperPearson(2, 1)).toThrow('2 errors in 1 trials');
  });

  it('holds the true rate at least as often as it promises', () => {
    // All outcomes of 20 trials at a rate of 0.1, weighted by their chance.
    const rate = 0.1;
    let chance = (1 - rate) ** 20;
    let covered = 0;
    for (let errors = 0; errors <= 20; errors += 1) {
      const [low, high] = clopperPearson(errors, 20);
      if (low <= rate && rate <= high) covered += chance;
      chance *= ((20 - errors) / (errors + 1)) * (rate / (1 - rate));
    }
    expect(covered).toBeGreaterThanOrEqual(0.95);
    expect(covered).toBeLessThan(1);
  });
});
