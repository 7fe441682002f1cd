import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { inLanes } from './in-lanes.js';

describe('inLanes', () => {
  it('keeps the order of its items and never has more under way than it has lanes', async () => {
    let running = 0;
    let most = 0;
    const doubled = await inLanes(3, [5, 1, 4, 2, 3], async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < item; turn += 1) await setImmediate();
      running -= 1;
      return item * 2;
    });
    expect(doubled).toEqual([10, 2, 8, 4, 6]);
    expect(most).toBe(3);
  });

  it('begins nothing more after a failure, and fails with it', async () => {
    const begun: number[] = [];
    const mapped = inLanes(2, [0, 1, 2, 3, 4, 5], async (item) => {
      begun.push(item);
      await setImmediate();
      if (item === 1) throw new Error('item 1');
      return item;
    });
    await expect(mapped).rejects.toThrow('item 1');
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    expect(begun.length).toBeLessThan(5);
  });

  it('makes nothing of nothing', async () => {
    expect(await inLanes(2, [], () => Promise.reject(new Error('never')))).toEqual([]);
  });
});
