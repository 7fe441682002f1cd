import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RepeatingTask } from './repeating-task.js';

const INTERVAL_MS = 1000;

describe('RepeatingTask', () => {
  let task: RepeatingTask | undefined;

  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(async () => {
    await task?.stop();
    jest.useRealTimers();
  });

  function started(work: () => Promise<void>, onFailure: (error: unknown) => void = () => undefined) {
    task = new RepeatingTask({ intervalMs: INTERVAL_MS, work, onFailure });
    task.start();
    return task;
  }

  it('repeats its work, a pause after the last round each time', async () => {
    let rounds = 0;
    started(async () => void rounds++);
    await jest.advanceTimersByTimeAsync(INTERVAL_MS - 1);
    expect(rounds).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(rounds).toBe(1);
    await jest.advanceTimersByTimeAsync(2 * INTERVAL_MS);
    expect(rounds).toBe(3);
  });

  it('pauses as long as it is told after each round', async () => {
    const beganAt: number[] = [];
    const startedAt = Date.now();
    task = new RepeatingTask({
      intervalMs: () => INTERVAL_MS / (beganAt.length + 1),
      work: async () => void beganAt.push(Date.now() - startedAt),
      onFailure: () => undefined,
    });
    task.start();
    await jest.advanceTimersByTimeAsync(1.5 * INTERVAL_MS);
    expect(beganAt).toEqual([INTERVAL_MS, 1.5 * INTERVAL_MS]);
  });

  it('never begins a round while another one runs', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    started(() => {
      begun += 1;
      return promise;
    });
    await jest.advanceTimersByTimeAsync(5 * INTERVAL_MS);
    expect(begun).toBe(1);
    resolve();
    await jest.advanceTimersByTimeAsync(INTERVAL_MS);
    expect(begun).toBe(2);
  });

  it('goes on after a round that failed, and tells of it', async () => {
    const failure = new Error('away');
    const told: unknown[] = [];
    let rounds = 0;
    started(
      async () => {
        rounds += 1;
        if (rounds === 1) throw failure;
      },
      (error) => told.push(error),
    );
    await jest.advanceTimersByTimeAsync(2 * INTERVAL_MS);
    expect({ rounds, told }).toEqual({ rounds: 2, told: [failure] });
  });

  it('stops once the round that is under way is over, and begins no other', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    const stopping = started(() => {
      begun += 1;
      return promise;
    });
    await jest.advanceTimersByTimeAsync(INTERVAL_MS);
    let isStopped = false;
    const stopped = stopping.stop().then(() => {
      isStopped = true;
    });
    await jest.advanceTimersByTimeAsync(INTERVAL_MS);
    expect(isStopped).toBe(false);
    resolve();
    await stopped;
    await jest.advanceTimersByTimeAsync(3 * INTERVAL_MS);
    expect({ begun, timers: jest.getTimerCount() }).toEqual({ begun: 1, timers: 0 });
  });
});
