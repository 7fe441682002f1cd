import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  afterAnswer,
  afterAsking,
  allowance,
  slowStart,
  untilNext,
  type Pace,
  type PacePolicy,
} from './drain-pace.js';

const policy: PacePolicy = { startPerSecond: 2, topPerSecond: 50, stepMs: 1_000, burst: 8 };
const TICK_MS = 10;

interface Registry {
  /** Whether it answers a question that comes at this time. */
  readonly answers: (now: number) => boolean;
}

/** Asks as fast as the pace lets it, every answer at once. Questions per second of the fake clock. */
function drain({ answers }: Registry, seconds: number): number[] {
  const asked = Array.from({ length: seconds }, () => 0);
  let pace: Pace = slowStart(0, policy);
  for (let now = 0; now < seconds * 1_000; now += TICK_MS) {
    const count = allowance(pace, now, policy);
    pace = afterAsking(pace, count, now, policy);
    for (let question = 0; question < count; question += 1) {
      pace = afterAnswer(pace, answers(now), now, policy);
    }
    asked[Math.floor(now / 1_000)]! += count;
  }
  return asked;
}

describe('G4 the pace at which parked cases are asked', () => {
  it('starts slowly, doubles while answers are good, and stops at the top', () => {
    const asked = drain({ answers: () => true }, 10);
    expect(asked[0]).toBeLessThanOrEqual(3);
    for (let second = 1; second < asked.length; second += 1) {
      expect(asked[second]).toBeLessThanOrEqual(Math.max(asked[second - 1]! * 2 + 2, 4));
      expect(asked[second]).toBeLessThanOrEqual(policy.topPerSecond + 1);
    }
    expect(asked.at(-1)).toBeGreaterThanOrEqual(policy.topPerSecond - 1);
  });

  it('halves on failures, down to the start and no further', () => {
    const asked = drain({ answers: (now) => now < 8_000 }, 16);
    expect(asked[7]).toBeGreaterThan(40);
    expect(asked[10]).toBeLessThanOrEqual(asked[7]! / 3);
    expect(asked.slice(14).every((count) => count >= 1 && count <= 3)).toBe(true);
  });

  it('takes failures of one burst for one failure', () => {
    const fast: Pace = { ...slowStart(0, policy), perSecond: 40 };
    const failed = Array.from({ length: 8 }).reduce<Pace>(
      (pace) => afterAnswer(pace, false, 5_000, policy),
      fast,
    );
    expect(failed.perSecond).toBe(20);
    expect(afterAnswer(failed, false, 6_000, policy).perSecond).toBe(10);
  });

  it('slows down at once, also right after it grew', () => {
    const grown = afterAnswer({ ...slowStart(0, policy), perSecond: 20 }, true, 1_000, policy);
    expect(grown.perSecond).toBe(40);
    expect(afterAnswer(grown, false, 1_001, policy).perSecond).toBe(20);
  });

  it('does not grow on the answers to questions that went out before it slowed down', () => {
    const slowed = afterAnswer({ ...slowStart(0, policy), perSecond: 40 }, false, 5_000, policy);
    expect(afterAnswer(slowed, true, 5_500, policy).perSecond).toBe(20);
    expect(afterAnswer(slowed, true, 6_000, policy).perSecond).toBe(40);
  });

  it('saves up no stampede while there is nothing to ask', () => {
    const rested: Pace = { ...slowStart(0, policy), perSecond: 50 };
    expect(allowance(rested, 3_600_000, policy)).toBe(policy.burst);
  });

  it('says when the next question may go out', () => {
    const spent = afterAsking(slowStart(0, policy), 1, 0, policy);
    expect(untilNext(spent, 0, policy)).toBe(500);
    expect(allowance(spent, 499, policy)).toBe(0);
    expect(allowance(spent, 500, policy)).toBe(1);
    expect(untilNext(spent, 700, policy)).toBe(0);
  });

  it('never exceeds the top rate, whatever the answers and whenever it is asked', () => {
    const step = fc.record({ waitMs: fc.integer({ min: 0, max: 2_000 }), good: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let pace = slowStart(0, policy);
        let now = 0;
        let total = 0;
        for (const { waitMs, good } of steps) {
          now += waitMs;
          const count = allowance(pace, now, policy);
          total += count;
          pace = afterAnswer(afterAsking(pace, count, now, policy), good, now, policy);
          expect(pace.perSecond).toBeGreaterThanOrEqual(policy.startPerSecond);
          expect(pace.perSecond).toBeLessThanOrEqual(policy.topPerSecond);
        }
        expect(total).toBeLessThanOrEqual(policy.burst + (now * policy.topPerSecond) / 1_000);
      }),
    );
  });
});
