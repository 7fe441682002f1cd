import { describe, expect, it } from '@jest/globals';
import type { FaceEngine } from '@absah/inference';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryGrowth, runLoad } from './load.js';

const MIB = 2 ** 20;

describe('memoryGrowth', () => {
  it('compares the end with the time after the warm-up', () => {
    const warmingUp = Array.from({ length: 10 }, (_, index) => index * 10);
    const flat = Array.from({ length: 90 }, (_, index) => 300 + (index % 3));
    expect(memoryGrowth([...warmingUp, ...flat].map((mib) => mib * MIB))).toEqual({
      startMib: 301,
      endMib: 301,
      rssGrowthMib: 0,
    });
  });

  it('sees a leak', () => {
    const leaking = Array.from({ length: 100 }, (_, index) => (100 + index) * MIB);
    expect(memoryGrowth(leaking).rssGrowthMib).toBe(80);
  });
});

/** Answers each call with a live face, after `work`. */
function fakeEngine(work: () => Promise<unknown>): { engine: FaceEngine; calls: string[] } {
  const calls: string[] = [];
  const answer = (kind: string, content: object) => async () => {
    calls.push(kind);
    await work();
    return content;
  };
  const engine = {
    analyse: answer('analyse', { kind: 'face', alignedCrop: new Uint8Array(), timingsMs: {} }),
    embed: answer('embed', {}),
  };
  return { engine: engine as unknown as FaceEngine, calls };
}

describe('runLoad (V2)', () => {
  const images = [new Uint8Array(1), new Uint8Array(2)];

  it('verifies as often as asked, however many callers share it', async () => {
    const { engine, calls } = fakeEngine(() => sleep(1));
    const result = await runLoad(engine, images, { verifications: 25, callers: 4 });
    expect(calls.filter((kind) => kind === 'embed')).toHaveLength(25);
    expect(result).toMatchObject({ verifications: 25, callers: 4 });
  });

  it('sees work that holds up the event loop', async () => {
    const { engine } = fakeEngine(async () => {
      await sleep(2);
      const { user } = process.threadCpuUsage();
      while (process.threadCpuUsage().user - user < 60_000);
    });
    const { eventLoop } = await runLoad(engine, images, { verifications: 2, callers: 1 });
    expect(eventLoop.longestTurnMs).toBeGreaterThan(50);
    expect(eventLoop.maxDelayMs).toBeGreaterThan(50);
  });

  it('stops at a face that is not answered as one: no figure comes out of failures', async () => {
    const engine = { analyse: async () => ({ kind: 'retake' }) } as unknown as FaceEngine;
    const load = runLoad(engine, images, { verifications: 2, callers: 1 });
    await expect(load).rejects.toThrow('answered with retake');
  });
});
