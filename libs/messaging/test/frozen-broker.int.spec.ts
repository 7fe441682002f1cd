import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1 } from '@absah/contracts';
import { connectNats } from '@absah/messaging';
import { createTestDatabase, RestartableBroker, type TestDatabase } from '@absah/testing';
import type { NatsConnection } from '@nats-io/nats-core';
import { capturePassed } from './capture-passed.builder.js';
import { effectHandler } from './effect-handler.js';
import { startReplica } from './harness.js';

/** As long as Kubernetes waits for a process to stop. */
const PATIENCE_MS = 30_000;

let database: TestDatabase;
let broker: RestartableBroker;

beforeEach(async () => {
  [database, broker] = await Promise.all([createTestDatabase(), RestartableBroker.start()]);
});

afterEach(async () => {
  broker.thaw();
  await broker.remove();
  await database.drop();
});

async function noticesDisconnection(connection: NatsConnection): Promise<void> {
  for await (const { type } of connection.status()) if (type === 'disconnect') return;
}

describe('a broker that hangs (V9)', () => {
  it('is noticed, and keeps no service from stopping', async () => {
    const replica = await startReplica({
      service: 'template-extraction',
      databaseUrl: database.url,
      natsUrl: broker.url,
      handlers: [effectHandler()],
    });
    const connection = await connectNats({ url: broker.url, user: '', password: '' }, 'liveness');
    await replica.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));
    broker.freeze();
    const began = performance.now();
    await Promise.all([noticesDisconnection(connection), replica.close()]);
    expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
    await connection.close();
  }, 60_000);
});
