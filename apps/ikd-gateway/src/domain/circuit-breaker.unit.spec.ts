import { describe, expect, it } from '@jest/globals';
import { admit, afterAnswer, CLOSED, type Circuit } from './circuit-breaker.js';

const policy = { unansweredToOpen: 3, openMs: 2_000 };

function afterSilence(times: number, now: number): Circuit {
  return Array.from({ length: times }).reduce<Circuit>(
    (circuit) => afterAnswer(circuit, false, now, policy),
    CLOSED,
  );
}

describe('G4 circuit breaker', () => {
  it('stays closed below the limit', () => {
    expect(admit(afterSilence(2, 100), 100, policy).admitted).toBe(true);
  });

  it('opens at the limit, for the period', () => {
    const open = afterSilence(3, 100);
    expect(admit(open, 100, policy).admitted).toBe(false);
    expect(admit(open, 2_099, policy).admitted).toBe(false);
    expect(admit(open, 2_100, policy).admitted).toBe(true);
  });

  it('lets one probe through per period', () => {
    const { circuit } = admit(afterSilence(3, 100), 2_100, policy);
    expect(admit(circuit, 2_101, policy).admitted).toBe(false);
    expect(admit(circuit, 4_100, policy).admitted).toBe(true);
  });

  it('opens again when the probe is not answered, and closes when it is', () => {
    const { circuit } = admit(afterSilence(3, 100), 2_100, policy);
    expect(afterAnswer(circuit, false, 2_500, policy)).toEqual({ unanswered: 4, openUntil: 4_500 });
    expect(afterAnswer(circuit, true, 2_500, policy)).toEqual(CLOSED);
  });

  it('forgets silence after one answer', () => {
    const answered = afterAnswer(afterSilence(2, 100), true, 100, policy);
    expect(afterAnswer(answered, false, 100, policy)).toEqual({ unanswered: 1, openUntil: 0 });
  });
});
