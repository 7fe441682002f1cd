import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OPERATING_SCORE, scoreOf } from './calibration.js';

const calibration = { cosineAtOperatingPoint: 0.486, cosineAtEqualError: 0.288 };
const anyCosine = fc.double({ min: -1, max: 1, noNaN: true });

describe('scoreOf (V6)', () => {
  it('is 0.95 at the operating point and one half at equal error', () => {
    expect(scoreOf(0.486, calibration)).toBeCloseTo(OPERATING_SCORE, 12);
    expect(scoreOf(0.288, calibration)).toBeCloseTo(0.5, 12);
  });

  it('grows with the cosine and stays between 0 and 1', () => {
    fc.assert(
      fc.property(anyCosine, anyCosine, (first, second) => {
        const [low, high] = [Math.min(first, second), Math.max(first, second)];
        if (high - low > 1e-6) expect(scoreOf(high, calibration)).toBeGreaterThan(scoreOf(low, calibration));
        expect(scoreOf(low, calibration)).toBeGreaterThan(0);
        expect(scoreOf(high, calibration)).toBeLessThan(1);
      }),
    );
  });

  it('decides like the cosine itself at the default threshold', () => {
    fc.assert(
      fc.property(anyCosine, (cosine) => {
        fc.pre(Math.abs(cosine - 0.486) > 1e-9);
        expect(scoreOf(cosine, calibration) >= OPERATING_SCORE).toBe(cosine >= 0.486);
      }),
    );
  });
});
