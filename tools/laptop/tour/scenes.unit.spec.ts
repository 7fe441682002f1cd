import type { VerificationView } from '@absah/contracts';
import { describe, expect, it } from '@jest/globals';
import { isAsExpected, SCENES, type Scene } from './scenes.js';

const advice = { id: 'saran', en: 'advice' };

function view(status: VerificationView['status'], ...codes: VerificationView['reasons'][number]['code'][]) {
  return {
    id: '0190a000-0000-7000-8000-000000000000',
    status,
    receivedAt: '2026-07-01T00:00:00.000Z',
    reasons: codes.map((code) => ({ code, advice })),
  } satisfies VerificationView;
}

function scene(expected: Scene['expected']): Scene {
  return { ...(SCENES[0] as Scene), expected };
}

describe('isAsExpected', () => {
  const rejected = scene({ status: 'rejected', reason: 'face-mismatch' });
  const approved = scene({ status: 'approved' });

  it('takes the right status with the right reason', () => {
    expect(isAsExpected(rejected, view('rejected', 'face-mismatch'))).toBe(true);
    expect(isAsExpected(approved, view('approved'))).toBe(true);
  });

  it.each([
    ['another status', rejected, view('approved')],
    ['the right status for another reason', rejected, view('rejected', 'presentation-attack')],
    ['a rejection without a reason', rejected, view('rejected')],
    ['an approval with a reason', approved, view('approved', 'blurred')],
    ['a parked case', approved, view('parked', 'registry-unavailable')],
  ])('refuses %s', (_, expected, seen) => {
    expect(isAsExpected(expected, seen)).toBe(false);
  });
});
