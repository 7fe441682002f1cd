import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { waitFor } from '@absah/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePurger } from './capture-purger.js';

const LONGER_THAN_GATHERING_MS = 400;
const SWEEP_INTERVAL_MS = 20;
const delivery = new AsyncLocalStorage<string>();

/** Capture ids per transaction. */
let confirmed: string[][];
let announcedDuring: string[];
let purger: CapturePurger;
/** What earlier lives left, and from which age on a sweep asked for it. */
let due: string[];
let sweptFrom: number[];
let refuse: 'nothing' | 'purges' | 'transactions';

beforeEach(() => {
  confirmed = [];
  announcedDuring = [];
  due = [];
  sweptFrom = [];
  refuse = 'nothing';
  purger = new CapturePurger({
    captures: {
      purge: async () => {
        if (refuse === 'purges') throw new Error('no broker');
      },
    },
    record: {
      duePurges: async ({ minAgeMs }) => {
        sweptFrom.push(minAgeMs);
        return due.splice(0);
      },
      confirmPurged: async (_, captureIds) => {
        confirmed.push([...captureIds]);
        return captureIds.map((captureId) => ({
          captureId,
          caseId: `case of ${captureId}`,
          purgedAt: new Date(0),
        }));
      },
    },
    unitOfWork: {
      run: async (work) => {
        if (refuse === 'transactions') throw new Error('no database');
        return work({} as Transaction);
      },
    },
    announce: (_, { captureId }) => void announcedDuring.push(delivery.getStore() ?? captureId),
    sweepIntervalMs: SWEEP_INTERVAL_MS,
    logger: new Logger({ service: 'liveness', level: 'silent' }),
  });
});

async function purgeAll(...captureIds: string[]): Promise<void> {
  await Promise.all(captureIds.map((captureId) => purger.purge(captureId)));
}

describe('CapturePurger', () => {
  it('confirms what gathers within a moment in one transaction', async () => {
    await purgeAll('a', 'b');
    await purgeAll('c');
    expect(confirmed).toEqual([]);
    await sleep(LONGER_THAN_GATHERING_MS);
    expect(confirmed).toEqual([['a', 'b', 'c']]);
  });

  it('confirms at once when 64 have gathered', async () => {
    const ids = Array.from({ length: 65 }, (_, index) => String(index));
    await purgeAll(...ids);
    await purger.onApplicationShutdown();
    expect(confirmed.map((batch) => batch.length)).toEqual([64, 1]);
  });

  it('announces outside the delivery that happened to start the timer', async () => {
    await delivery.run('somebody else’s delivery', () => purgeAll('a'));
    await sleep(LONGER_THAN_GATHERING_MS);
    expect(announcedDuring).toEqual(['a']);
  });

  it('confirms nothing that the broker did not purge, and leaves it to the sweep', async () => {
    refuse = 'purges';
    await purgeAll('a');
    await purger.onApplicationShutdown();
    expect(confirmed).toEqual([]);
  });

  it('survives a database that is away, and goes on afterwards', async () => {
    refuse = 'transactions';
    await purgeAll('a');
    await purger.onApplicationShutdown();
    refuse = 'nothing';
    await purgeAll('b');
    await purger.onApplicationShutdown();
    expect(confirmed).toEqual([['b']]);
  });

  it('takes up at its start what an earlier life left, and later only what others had time for', async () => {
    due = ['a', 'b'];
    purger.onApplicationBootstrap();
    await waitFor(() => sweptFrom.length > 2, { description: 'some sweeps' });
    await purger.beforeApplicationShutdown();
    expect(confirmed).toEqual([['a', 'b']]);
    expect(sweptFrom.slice(0, 3)).toEqual([0, 2_000, 2_000]);
  });

  it('sweeps no more once it was told to stop', async () => {
    purger.onApplicationBootstrap();
    await purger.beforeApplicationShutdown();
    const sweeps = sweptFrom.length;
    await sleep(SWEEP_INTERVAL_MS * 3);
    expect(sweptFrom).toHaveLength(sweeps);
  });
});
