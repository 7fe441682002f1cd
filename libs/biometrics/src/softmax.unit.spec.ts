import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { softmax } from './softmax.js';

describe('softmax', () => {
  it('adds up to one and keeps the order, however large the scores', () => {
    const scores = fc.array(fc.double({ min: -5000, max: 5000, noNaN: true }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(scores, (values) => {
        const shares = softmax(Float32Array.from(values));
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
        const largest = values.indexOf(Math.max(...values));
        expect(shares[largest]).toBe(Math.max(...shares));
      }),
    );
  });

  it('turns a difference of ln 3 into three to one', () => {
    expect([...softmax(Float32Array.of(Math.log(3), 0))]).toEqual([
      expect.closeTo(0.75),
      expect.closeTo(0.25),
    ]);
  });
});
