import { describe, expect, it } from '@jest/globals';
import { rateAttempts } from './recognition.js';

const at = (degrees: number): Float32Array =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

/** Two people 90 degrees apart. One image of the first lies nearer to the second, and in one no face was found. */
const attempts = [
  { person: 0, descriptor: at(0) },
  { person: 0, descriptor: at(2) },
  { person: 0, descriptor: at(80) },
  { person: 0 },
  { person: 1, descriptor: at(90) },
  { person: 1, descriptor: at(91) },
];

describe('rateAttempts (V3)', () => {
  const { fnmrAtFmr, ...rates } = rateAttempts(attempts);

  it('counts images without a face as not acquired, and leaves them out of the comparisons', () => {
    expect(rates).toMatchObject({
      failureToAcquire: 1 / 6,
      genuineComparisons: 4,
      impostorComparisons: 6,
    });
  });

  it('gives the false non-matches among what was acquired', () => {
    // The nearest impostors are 10 degrees apart; of the genuine pairs two are 78 and 80 degrees apart.
    expect(fnmrAtFmr['1e-4'].threshold).toBeCloseTo(Math.cos(Math.PI / 18), 6);
    expect(fnmrAtFmr['1e-4'].fnmr).toBe(2 / 4);
  });

  it('gives the false rejections among all images, where a face not found is one', () => {
    // Seven genuine pairs: 2 fail by their score, 3 for want of a face.
    expect(fnmrAtFmr['1e-4'].falseRejectRate).toBeCloseTo(5 / 7, 12);
  });

  it('does not depend on how long a descriptor is', () => {
    const longer = attempts.map((attempt) => ({
      ...attempt,
      ...(attempt.descriptor && { descriptor: attempt.descriptor.map((value) => value * 40) }),
    }));
    expect(rateAttempts(longer)).toEqual({ ...rates, fnmrAtFmr });
  });
});
