import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cosine, meanDirection, normalise } from './embedding.js';

const vector = fc
  .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 8, maxLength: 8 })
  .map((values) => Float32Array.from(values))
  .filter((values) => Math.hypot(...values) > 1e-3);

describe('normalise', () => {
  it('keeps the direction and sets the length to one', () => {
    fc.assert(
      fc.property(vector, (values) => {
        const unit = normalise(values);
        expect(Math.hypot(...unit)).toBeCloseTo(1, 5);
        const length = Math.hypot(...values);
        unit.forEach((value, index) => expect(value * length).toBeCloseTo(values[index] ?? 0, 3));
      }),
    );
  });

  it.each([[Float32Array.of(0, 0)], [Float32Array.of(Number.NaN, 1)], [Float32Array.of(Infinity, 1)]])(
    'refuses %p, which has no direction',
    (values) => expect(() => normalise(values)).toThrow(RangeError),
  );
});

describe('cosine', () => {
  it('is symmetric, stays within ±1, and is 1 only for the same direction', () => {
    fc.assert(
      fc.property(vector, vector, (first, second) => {
        const [a, b] = [normalise(first), normalise(second)];
        expect(cosine(a, b)).toBe(cosine(b, a));
        expect(Math.abs(cosine(a, b))).toBeLessThanOrEqual(1);
        expect(cosine(a, a)).toBeCloseTo(1, 5);
        expect(cosine(a, a)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('refuses vectors of different dimensions', () => {
    expect(() => cosine(Float32Array.of(1), Float32Array.of(1, 0))).toThrow('dimensions differ');
  });
});

describe('meanDirection', () => {
  it('lies half way between two directions, however long the vectors were', () => {
    const mean = meanDirection([Float32Array.of(5, 0), Float32Array.of(0, 0.1)]);
    expect([...mean]).toEqual([expect.closeTo(Math.SQRT1_2), expect.closeTo(Math.SQRT1_2)]);
  });
});
