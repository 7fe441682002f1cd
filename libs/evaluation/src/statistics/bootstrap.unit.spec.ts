import { describe, expect, it } from '@jest/globals';
import { bootstrapInterval } from './bootstrap.js';

function rateOf(errors: readonly number[], trials: readonly number[]) {
  return (timesDrawn: Uint16Array): number => {
    let [wrong, all] = [0, 0];
    timesDrawn.forEach((times, group) => {
      wrong += times * errors[group]!;
      all += times * trials[group]!;
    });
    return wrong / all;
  };
}

describe('bootstrapInterval (V3)', () => {
  it('comes near the normal approximation when groups are single trials', () => {
    const errors = Array.from({ length: 400 }, (_, index) => (index % 10 === 0 ? 1 : 0));
    const interval = bootstrapInterval(
      400,
      rateOf(
        errors,
        errors.map(() => 1),
      ),
    );
    const halfWidth = 1.96 * Math.sqrt((0.1 * 0.9) / 400);
    expect(interval?.[0]).toBeCloseTo(0.1 - halfWidth, 2);
    expect(interval?.[1]).toBeCloseTo(0.1 + halfWidth, 2);
  });

  it('is wider when the same errors come from few people', () => {
    const spread = Array.from({ length: 100 }, (_, index) => (index < 40 ? 1 : 0));
    const gathered = Array.from({ length: 100 }, (_, index) => (index < 4 ? 10 : 0));
    const trials = spread.map(() => 10);
    const width = (errors: readonly number[]): number => {
      const [low, high] = bootstrapInterval(100, rateOf(errors, trials))!;
      return high - low;
    };
    expect(width(gathered)).toBeGreaterThan(2 * width(spread));
  });

  it('gives the same interval each time', () => {
    const statistic = rateOf([1, 0, 0, 2], [3, 3, 3, 3]);
    expect(bootstrapInterval(4, statistic)).toEqual(bootstrapInterval(4, statistic));
  });

  it('has no answer where there are no groups', () => {
    expect(bootstrapInterval(0, rateOf([], []))).toBe(undefined);
  });
});
