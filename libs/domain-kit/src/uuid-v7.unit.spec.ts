import { describe, expect, it } from '@jest/globals';
import { uuidV7 } from './uuid-v7.js';

describe('uuidV7', () => {
  it('carries the time, the version and the variant', () => {
    const id = uuidV7(new Date(0x0123_4567_89ab));
    expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts by time', () => {
    const earlier = uuidV7(new Date('2026-07-01T00:00:00.000Z'));
    const later = uuidV7(new Date('2026-07-01T00:00:00.001Z'));
    expect(earlier < later).toBe(true);
  });

  it('never repeats within a millisecond', () => {
    const now = new Date();
    const ids = new Set(Array.from({ length: 10_000 }, () => uuidV7(now)));
    expect(ids.size).toBe(10_000);
  });
});
