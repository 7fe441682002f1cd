import { describe, expect, it } from '@jest/globals';
import { probit } from './probit.js';

describe('probit', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959964],
    [0.025, -1.959964],
    [0.841344746, 1],
    [1e-5, -4.264891],
    [1e-7, -5.199338],
  ])('of %f is %f', (probability, score) => {
    expect(probit(probability)).toBeCloseTo(score, 5);
  });

  it('has no answer for certainty', () => {
    expect(() => probit(0)).toThrow(RangeError);
    expect(() => probit(1)).toThrow(RangeError);
  });
});
