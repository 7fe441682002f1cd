import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PayloadOf, CapturePurgedByLivenessV1 } from '@absah/contracts';
import type { Transaction } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { PurgeCaptures } from './purge-captures.js';

type Purged = PayloadOf<typeof CapturePurgedByLivenessV1>;

const LONGER_THAN_GATHERING_MS = 120;
const delivery = new AsyncLocalStorage<string>();

/** Capture ids per transaction. */
let confirmed: string[][];
let emittedDuring: (string | undefined)[];
let purges: PurgeCaptures;
let refuse: 'nothing' | 'purges' | 'transactions';

beforeEach(() => {
  confirmed = [];
  emittedDuring = [];
  refuse = 'nothing';
  purges = new PurgeCaptures(
    {
      purge: async () => {
        if (refuse === 'purges') throw new Error('no broker');
      },
    },
    {
      confirmPurged: async (_, captureIds) => {
        confirmed.push([...captureIds]);
        return captureIds.map((captureId) => ({
          captureId,
          caseId: `case of ${captureId}`,
          purgedAt: new Date(0),
        }));
      },
    },
    {
      run: async (work) => {
        if (refuse === 'transactions') throw new Error('no database');
        const emit = (_: unknown, { captureId }: Purged) =>
          emittedDuring.push(delivery.getStore() ?? captureId);
        return work({ emit } as unknown as Transaction);
      },
    },
    new Logger({ service: 'liveness', level: 'silent' }),
  );
});

async function purgeAll(...captureIds: string[]): Promise<void> {
  await Promise.all(captureIds.map((captureId) => purges.purge(captureId)));
}

describe('purgeCaptures', () => {
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
    await purges.confirm();
    expect(confirmed.map((batch) => batch.length)).toEqual([64, 1]);
  });

  it('emits outside the delivery that happened to start the timer', async () => {
    await delivery.run('somebody else’s delivery', () => purgeAll('a'));
    await sleep(LONGER_THAN_GATHERING_MS);
    expect(emittedDuring).toEqual(['a']);
  });

  it('confirms nothing that the broker did not purge, and leaves it to the sweep', async () => {
    refuse = 'purges';
    await purgeAll('a');
    await purges.confirm();
    expect(confirmed).toEqual([]);
  });

  it('survives a database that is away, and goes on afterwards', async () => {
    refuse = 'transactions';
    await purgeAll('a');
    await purges.confirm();
    refuse = 'nothing';
    await purgeAll('b');
    await purges.onApplicationShutdown();
    expect(confirmed).toEqual([['b']]);
  });
});
