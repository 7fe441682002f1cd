import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1, EVENT_STREAM } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import type { Type } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { allHandlers } from './all-handlers.js';
import { capturePassed } from './capture-passed.builder.js';
import { effectHandler } from './effect-handler.js';
import { countEffects, startReplica, type Replica } from './harness.js';

const A_MINUTE_MS = 60_000;

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let liveness: NatsConnection;
let manager: JetStreamManager;
let receiver: Replica | undefined;

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  liveness = await connect({ servers: nats.url });
  manager = await jetstreamManager(liveness);
  receiver = undefined;
});

afterEach(async () => {
  await receiver?.close();
  await liveness.close();
  await nats.stop();
  await database.drop();
});

async function receive(handlers: readonly Type[]): Promise<Replica> {
  const place = { databaseUrl: database.url, natsUrl: nats.url };
  return (receiver = await startReplica({ ...place, service: 'template-extraction', handlers }));
}

function publish(messageId = uuidV7(), occurredAt = new Date()): void {
  const own = headers();
  own.set('Nats-Msg-Id', messageId);
  own.set('Absah-Occurred-At', occurredAt.toISOString());
  liveness.publish(CapturePassedV1.subject, JSON.stringify(capturePassed()), { headers: own });
}

/** With it, the broker forgets which ids it has seen. The service makes it again. */
async function loseStream(): Promise<void> {
  await manager.streams.delete(EVENT_STREAM);
  const exists = () =>
    manager.streams.info(EVENT_STREAM).then(
      () => true,
      () => false,
    );
  await waitFor(exists, { description: 'the stream to be made again' });
}

describe('a message that was taken', () => {
  it('is not even handled again when it was published again long after it happened', async () => {
    const handled: string[] = [];
    const before = async ({ messageId }: { messageId: string }) => void handled.push(messageId);
    const { dataSource } = await receive([effectHandler({ before })]);
    const effects = (count: number) =>
      waitFor(async () => (await countEffects(dataSource)) === count, { description: `${count} effects` });
    const [repeated, next] = [uuidV7(), uuidV7()];
    const aMinuteAgo = new Date(Date.now() - A_MINUTE_MS);
    publish(repeated, aMinuteAgo);
    await effects(1);

    await loseStream();
    publish(repeated, aMinuteAgo);
    publish(next);

    await effects(2);
    await sleep(200);
    expect(handled).toEqual([repeated, next]);
  });

  it('without any effect, since its handler saw nothing to do, is confirmed all the same', async () => {
    const { dataSource } = await receive(allHandlers('template-extraction', () => undefined));
    const messageId = uuidV7();
    publish(messageId);
    const inbox = () => dataSource.query('SELECT consumer, message_id FROM inbox');
    await waitFor(async () => (await inbox()).length > 0, { description: 'the row of the inbox' });
    expect(await inbox()).toEqual([
      { consumer: 'template-extraction-CapturePassedV1', message_id: messageId },
    ]);
  });
});
