import { describe, expect, it } from '@jest/globals';
import { median, percentiles } from './statistics.js';

describe('percentiles', () => {
  it('takes the nearest rank, whatever the order', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentiles(values)).toEqual({ p50: 50, p95: 95, p99: 99 });
  });

  it('is the value itself when there is one', () => {
    expect(percentiles([7])).toEqual({ p50: 7, p95: 7, p99: 7 });
  });
});

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[5], 5],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is no number, so that no figure comes out of no measurement', () => {
    expect(median([])).toBeNaN();
  });
});
