import { describe, expect, it } from '@jest/globals';
import { recoverySeconds } from './recovery.js';

describe('recoverySeconds', () => {
  it('ends with the first decision about somebody who came after the fault', () => {
    const requests = [
      { atMs: 900, decidedMs: 1_100 },
      { atMs: 1_200, decidedMs: 5_000 },
      { atMs: 1_300, decidedMs: 3_500 },
      { atMs: 1_400 },
    ];
    expect(recoverySeconds({ atMs: 1_000 }, requests)).toBe(2.5);
  });

  it('is unknown when nobody was decided about', () => {
    expect(recoverySeconds({ atMs: 1_000 }, [{ atMs: 1_200 }])).toBeUndefined();
  });
});
