import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1 } from '@absah/contracts';
import {
  createTestDatabase,
  sharedPostgres,
  startTestNats,
  waitFor,
  type TestDatabase,
} from '@absah/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { capturePassed } from './capture-passed.builder.js';
import { effectHandler } from './effect-handler.js';
import { countEffects, startReplica, type Replica } from './harness.js';

let senderDatabase: TestDatabase;
let receiverDatabase: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let superuser: DataSource;
let replicas: Replica[];

beforeEach(async () => {
  [senderDatabase, receiverDatabase, nats] = await Promise.all([
    createTestDatabase(),
    createTestDatabase(),
    startTestNats(),
  ]);
  superuser = await new DataSource({ type: 'postgres', url: sharedPostgres().superuserUrl }).initialize();
  replicas = [];
});

afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  await superuser.destroy();
  await nats.stop();
  await Promise.all([senderDatabase.drop(), receiverDatabase.drop()]);
});

async function startBoth(
  handler: Parameters<typeof effectHandler>[0],
): Promise<{ sender: Replica; receiver: Replica }> {
  const sender = await startReplica({
    service: 'liveness',
    databaseUrl: senderDatabase.url,
    natsUrl: nats.url,
  });
  const receiver = await startReplica({
    service: 'template-extraction',
    databaseUrl: receiverDatabase.url,
    natsUrl: nats.url,
    handlers: [effectHandler(handler)],
  });
  replicas.push(sender, receiver);
  return { sender, receiver };
}

async function setReachable(url: string, reachable: boolean): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await superuser.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${reachable}`);
  if (!reachable)
    await superuser.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ]);
}

describe('without its database', () => {
  it('a consumer waits: no message loses its tries, none is buried, all have their effect later', async () => {
    let tries = 0;
    const before = async () => {
      tries += 1;
    };
    const { sender, receiver } = await startBoth({
      before,
      concurrency: 2,
      maxDeliveries: 1,
      ackWaitMs: 1_500,
    });
    await setReachable(receiverDatabase.url, false);
    await sender.unitOfWork.run(async (tx) => {
      for (let index = 0; index < 6; index += 1) tx.emit(CapturePassedV1, capturePassed());
    });
    await waitFor(() => tries >= 2, { description: 'the first tries' });
    // Longer than it takes to deliver a message so often that it would be given up.
    await sleep(6_000);

    await setReachable(receiverDatabase.url, true);

    await waitFor(async () => (await countEffects(receiver.dataSource)) === 6, {
      description: 'the effects',
    });
    expect(await receiver.dataSource.query('SELECT code FROM dead_letters')).toEqual([]);
  });

  it('a consumer still stops', async () => {
    let tries = 0;
    const before = async () => {
      tries += 1;
    };
    const { sender, receiver } = await startBoth({ before });
    await setReachable(receiverDatabase.url, false);
    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));
    await waitFor(() => tries === 1, { description: 'the first try' });

    replicas = [sender];
    const began = performance.now();
    await receiver.close();

    expect(performance.now() - began).toBeLessThan(5_000);
    await setReachable(receiverDatabase.url, true);
  });
});

describe('a handler that never comes to an end', () => {
  it('is given up: its message is buried without being handled again', async () => {
    let tries = 0;
    const end = new AbortController();
    const before = async () => {
      tries += 1;
      await sleep(60_000, undefined, { signal: end.signal }).catch(() => undefined);
    };
    const { sender, receiver } = await startBoth({ before, maxDeliveries: 1, ackWaitMs: 500 });
    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));

    const letters = () => receiver.dataSource.query<unknown[]>('SELECT code, deliveries FROM dead_letters');
    await waitFor(async () => (await letters()).length > 0, { description: 'the dead letter' });

    expect(await letters()).toEqual([{ code: 'MESSAGING.TOO_MANY_DELIVERIES', deliveries: 4 }]);
    expect(tries).toBe(3);
    end.abort();
  });
});
