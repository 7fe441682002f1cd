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

  it('is lowered once by the cases that were admitted before', () => {
    const limit = new AdaptiveLimit(bounds);
    for (const admittedAt of [0, 10, 20]) limit.observe({ admittedAt, decidedAt: 1_100, underWay: 32 });
    expect(limit.current).toBe(27);
    limit.observe({ admittedAt: 1_101, decidedAt: 2_701, underWay: 27 });
    expect(limit.current).toBe(17);
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
      limit.observe({ admittedAt: i * 10_000, decidedAt: i * 10_000 + 5_000, underWay: 40 });
    expect(limit.current).toBe(4);
  });
});
