import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1 } from '@absah/contracts';
import { createTestDatabase, RestartableBroker, waitFor, type TestDatabase } from '@absah/testing';
import { capturePassed } from './capture-passed.builder.js';
import { effectHandler } from './effect-handler.js';
import { startReplica, type Replica } from './harness.js';

const PATIENCE_MS = 20_000;

let senderDatabase: TestDatabase;
let receiverDatabase: TestDatabase;
let broker: RestartableBroker;
let sender: Replica;
let receiver: Replica;

beforeEach(async () => {
  [senderDatabase, receiverDatabase, broker] = await Promise.all([
    createTestDatabase(),
    createTestDatabase(),
    RestartableBroker.start(),
  ]);
  [sender, receiver] = await Promise.all([
    startReplica({ service: 'liveness', databaseUrl: senderDatabase.url, natsUrl: broker.url }),
    startReplica({
      service: 'template-extraction',
      databaseUrl: receiverDatabase.url,
      natsUrl: broker.url,
      handlers: [effectHandler()],
    }),
  ]);
});

afterEach(async () => {
  await Promise.all([sender.close(), receiver.close()]);
  await broker.remove();
  await Promise.all([senderDatabase.drop(), receiverDatabase.drop()]);
});

async function emit(count: number): Promise<string[]> {
  const payloads = Array.from({ length: count }, () => capturePassed());
  await Promise.all(
    payloads.map((payload) => sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, payload))),
  );
  return payloads.map((payload) => payload.caseId).sort();
}

async function effects(): Promise<string[]> {
  const rows = await receiver.dataSource.query<{ case_id: string }[]>(
    'SELECT case_id FROM effects ORDER BY case_id',
  );
  return rows.map((row) => row.case_id);
}

async function arrivesOnce(cases: readonly string[]): Promise<void> {
  const arrived = async () => (await effects()).length >= cases.length;
  await waitFor(arrived, { description: 'all effects', timeoutMs: PATIENCE_MS });
  expect(await effects()).toEqual([...cases].sort());
}

describe('without its broker', () => {
  it('a service commits, and everything arrives once after the broker is back', async () => {
    const before = await emit(3);
    await arrivesOnce(before);
    await broker.stop();

    const meanwhile = await emit(20);
    expect(await effects()).toEqual(before);
    await broker.startAgain();

    await arrivesOnce([...before, ...meanwhile]);
    await arrivesOnce([...before, ...meanwhile, ...(await emit(1))]);
  }, 60_000);

  it('a service stops in order, and the next one publishes what it left', async () => {
    await broker.stop();
    const cases = await emit(1);
    await Promise.all([sender.close(), receiver.close()]);
    await broker.startAgain();

    sender = await startReplica({
      service: 'liveness',
      databaseUrl: senderDatabase.url,
      natsUrl: broker.url,
    });
    receiver = await startReplica({
      service: 'template-extraction',
      databaseUrl: receiverDatabase.url,
      natsUrl: broker.url,
      handlers: [effectHandler()],
    });

    await arrivesOnce(cases);
  }, 60_000);
});

describe('a broker that lost its store', () => {
  it('gets stream and consumers again from the services that run', async () => {
    const before = await emit(3);
    await arrivesOnce(before);
    await broker.stop();
    await broker.loseStore();
    const meanwhile = await emit(3);

    await broker.startAgain();

    await arrivesOnce([...before, ...meanwhile]);
    await arrivesOnce([...before, ...meanwhile, ...(await emit(2))]);
  }, 60_000);
});
