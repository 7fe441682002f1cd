import { describe, expect, it } from '@jest/globals';
import { wasGivenBefore } from './consent.js';

const receivedAt = new Date('2026-07-01T08:00:00.000Z');

describe('wasGivenBefore (A4)', () => {
  it.each([
    ['an hour before the request', '2026-07-01T07:00:00.000Z', true],
    ['at the edge of what clocks may differ', '2026-07-01T08:02:00.000Z', true],
    ['just after it', '2026-07-01T08:02:00.001Z', false],
  ])('consent given %s → %s: %s', (_, givenAt, expected) => {
    expect(wasGivenBefore(new Date(givenAt), receivedAt)).toBe(expected);
  });
});
