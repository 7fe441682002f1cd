import { describe, expect, it } from '@jest/globals';
import { AdaptiveLimit } from './adaptive-limit.js';

const bounds = { targetMs: 1_000, least: 4, most: 500 };

/** As many cases as are admitted, decided one after the other at a steady rate. */
function underLoad(limit: AdaptiveLimit, perSecond: number, seconds: number) {
  const queue: number[] = [];
  const latencies: number[] = [];
  for (let tick = 0; tick < perSecond * seconds; tick += 1) {
    const now = (tick * 1_000) / perSecond;
    const admittedAt = queue.shift();
    if (admittedAt !== undefined) {
      latencies.push(now - admittedAt);
      limit.observe({ admittedAt, decidedAt: now, underWay: queue.length + 1 });
    }
    while (queue.length < limit.current) queue.push(now);
  }
  return latencies;
}

describe('AdaptiveLimit', () => {
  it.each([
    [10, 5, 12],
    [50, 35, 60],
    [300, 200, 360],
  ])('finds what %i per second can do in time (V2)', (perSecond, least, most) => {
    const limit = new AdaptiveLimit(bounds);
    underLoad(limit, perSecond, 60);
    expect(limit.current).toBeGreaterThanOrEqual(least);
    expect(limit.current).toBeLessThanOrEqual(most);
  });

  it('lets nobody wait much longer than the target, once it knows the rate', () => {
    const limit = new AdaptiveLimit(bounds);
    underLoad(limit, 20, 20);
    expect(Math.max(...underLoad(limit, 20, 60))).toBeLessThan(1_300);
  });

  /** Decided soon, one after the other, so that what follows is judged. */
  function moving(limit: AdaptiveLimit, until: number): void {
    for (let at = until - 2_000; at <= until; at += 500)
      limit.observe({ admittedAt: at - 10, decidedAt: at, underWay: 1 });
  }

  it('is lowered once by the cases that were admitted before', () => {
    const limit = new AdaptiveLimit(bounds);
    moving(limit, 0);
    for (const admittedAt of [1, 10, 20]) limit.observe({ admittedAt, decidedAt: 1_101, underWay: 32 });
    expect(limit.current).toBe(27);
    limit.observe({ admittedAt: 1_102, decidedAt: 2_702, underWay: 27 });
    expect(limit.current).toBe(17);
  });

  it('is not lowered by what an outage held up (V9)', () => {
    const limit = new AdaptiveLimit(bounds);
    moving(limit, 0);
    for (let i = 0; i < 20; i += 1)
      limit.observe({ admittedAt: 1 + i * 500, decidedAt: 15_000 + i * 20, underWay: 20 - i });
    expect(limit.current).toBe(32);
  });

  it('comes back after an overload, although few ask', () => {
    const limit = new AdaptiveLimit(bounds);
    moving(limit, 0);
    limit.observe({ admittedAt: 1, decidedAt: 2_000, underWay: 32 });
    expect(limit.current).toBe(16);
    for (let at = 2_500; at < 20_000; at += 500)
      limit.observe({ admittedAt: at - 100, decidedAt: at, underWay: 1 });
    expect(limit.current).toBe(32);
  });

  it('is not raised by a load that does not come near it', () => {
    const limit = new AdaptiveLimit(bounds);
    for (let i = 0; i < 100; i += 1) limit.observe({ admittedAt: i, decidedAt: i + 10, underWay: 3 });
    expect(limit.current).toBe(32);
  });

  it('stays within its bounds', () => {
    const limit = new AdaptiveLimit({ ...bounds, most: 40 });
    for (let i = 0; i < 100; i += 1) limit.observe({ admittedAt: i, decidedAt: i + 10, underWay: 40 });
    expect(limit.current).toBe(40);
    for (let i = 1; i < 100; i += 1)
      limit.observe({ admittedAt: i * 1_900, decidedAt: i * 1_900 + 1_800, underWay: 40 });
    expect(limit.current).toBe(4);
  });
});
