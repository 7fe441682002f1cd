import { describe, expect, it } from '@jest/globals';
import { evidence } from './ramp.js';

describe('evidence', () => {
  it('is none up to its beginning, grows evenly and stays at one', () => {
    const ramp = { none: 2, full: 4 };
    expect([1, 2, 2.5, 3, 4, 9].map((value) => evidence(value, ramp))).toEqual([0, 0, 0.25, 0.5, 1, 1]);
  });

  it('may grow as a measurement falls', () => {
    const ramp = { none: 4, full: 2 };
    expect([9, 4, 3, 2, -5].map((value) => evidence(value, ramp))).toEqual([0, 0, 0.5, 1, 1]);
  });

  it('is none where nothing could be measured', () => {
    expect(evidence(Number.NaN, { none: 0, full: 1 })).toBe(0);
  });
});
