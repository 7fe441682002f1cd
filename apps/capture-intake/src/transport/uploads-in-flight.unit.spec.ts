import { describe, expect, it } from '@jest/globals';
import { UploadsInFlight } from './uploads-in-flight.js';

describe('UploadsInFlight', () => {
  it('takes uploads up to its limit, and not one byte more', () => {
    const uploads = new UploadsInFlight(100);
    expect([60, 41, 40, 1].map((bytes) => uploads.take(bytes))).toEqual([true, false, true, false]);
    expect(uploads.bytes).toBe(100);
    uploads.giveBack(60);
    expect([61, 60].map((bytes) => uploads.take(bytes))).toEqual([false, true]);
  });
});
