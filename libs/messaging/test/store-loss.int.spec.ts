import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1, EVENT_STREAM } from '@absah/contracts';
import type { MessagingSettings } from '@absah/messaging';
import { createTestDatabase, RestartableBroker, waitFor, type TestDatabase } from '@absah/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { capturePassed } from './capture-passed.builder.js';
import { effectHandler } from './effect-handler.js';
import { startReplica, type Replica } from './harness.js';
import { recordingHandler } from './recording-handler.js';

const LOSSES = 2;
const PAUSE_MS = 4;
const PATIENCE_MS = 40_000;

let databases: TestDatabase[];
let broker: RestartableBroker;
let replicas: Replica[];

beforeEach(async () => {
  [broker, ...databases] = await Promise.all([
    RestartableBroker.start(),
    createTestDatabase(),
    createTestDatabase(),
    createTestDatabase(),
  ]);
  replicas = [];
});

afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  await broker.remove();
  await Promise.all(databases.map((database) => database.drop()));
});

/** Liveness tells template-extraction, which is slow, and the audit log. */
async function start(messaging: Partial<MessagingSettings>): Promise<{ sender: Replica; receiver: Replica }> {
  const [senders, receivers, logs] = databases as [TestDatabase, TestDatabase, TestDatabase];
  const handler = effectHandler({ concurrency: 2, before: () => sleep(10) });
  const place = { natsUrl: broker.url, messaging };
  replicas = await Promise.all([
    startReplica({ ...place, service: 'liveness', databaseUrl: senders.url }),
    startReplica({
      ...place,
      service: 'template-extraction',
      databaseUrl: receivers.url,
      handlers: [handler],
    }),
    startReplica({ ...place, service: 'audit', databaseUrl: logs.url, handlers: [recordingHandler()] }),
  ]);
  const [sender, receiver] = replicas as [Replica, Replica, Replica];
  return { sender, receiver };
}

/** Emits for as long as `meanwhile` takes, one event after the other. */
async function emitDuring(sender: Replica, meanwhile: () => Promise<void>): Promise<string[]> {
  const cases: string[] = [];
  let over = false;
  const events = meanwhile().finally(() => (over = true));
  while (!over) {
    const payload = capturePassed();
    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, payload));
    cases.push(payload.caseId);
    await sleep(PAUSE_MS);
  }
  await events;
  return cases;
}

async function killBroker(): Promise<void> {
  await broker.kill();
  await broker.loseStore();
  await sleep(200);
  await broker.startAgain();
}

/** The broker goes on with what it holds in memory, and forgets it later. */
async function deleteStoreUnderBroker(): Promise<void> {
  await broker.loseStore();
  await sleep(1_000);
  await killBroker();
}

async function deleteStream(): Promise<void> {
  const connection = await connect({ servers: broker.url });
  await (await jetstreamManager(connection)).streams.delete(EVENT_STREAM);
  await connection.close();
}

function againAndAgain(lose: () => Promise<void>): () => Promise<void> {
  return async () => {
    for (let loss = 0; loss < LOSSES; loss += 1) {
      await sleep(1_500);
      await lose();
    }
    await sleep(500);
  };
}

async function effects({ dataSource }: Replica): Promise<string[]> {
  const rows = await dataSource.query<{ case_id: string }[]>('SELECT case_id FROM effects');
  return rows.map(({ case_id }) => case_id);
}

async function unsettled({ dataSource }: Replica): Promise<number> {
  const [row] = await dataSource.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outbox');
  return row?.n ?? -1;
}

describe('a broker that loses its whole store while messages flow (V9)', () => {
  it.each([
    ['killed', killBroker],
    ['left without its files', deleteStoreUnderBroker],
    ['told to delete its stream', deleteStream],
  ])(
    'and is %s, loses and doubles no effect',
    async (_, lose) => {
      const { sender, receiver } = await start({});

      const cases = await emitDuring(sender, againAndAgain(lose));

      await waitFor(async () => (await unsettled(sender)) === 0, {
        description: 'every event to be confirmed by everybody',
        timeoutMs: PATIENCE_MS,
      });
      expect(cases.length).toBeGreaterThan(100);
      expect((await effects(receiver)).sort()).toEqual(cases.sort());
    },
    90_000,
  );

  it('loses effects without the reconciler', async () => {
    const { sender, receiver } = await start({ reconcilerEnabled: false });

    const cases = await emitDuring(sender, againAndAgain(killBroker));

    await sleep(5_000);
    const arrived = await effects(receiver);
    expect(arrived.length).toBeGreaterThan(0);
    expect(arrived.length).toBeLessThan(cases.length);
    expect(await unsettled(sender)).toBe(cases.length);
  }, 90_000);
});
