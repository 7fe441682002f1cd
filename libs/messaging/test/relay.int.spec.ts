import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1, EVENT_STREAM } from '@absah/contracts';
import { connectNats, UnitOfWork } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { createTestDatabase, startTestNats, type TestDatabase } from '@absah/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type Msg, type NatsConnection } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import { disconnectNats } from '../src/connect.js';
import { ensureEventStream } from '../src/event-stream.js';
import { makeOutboxMessage } from '../src/outbox-message.js';
import { Relay } from '../src/relay.js';
import { capturePassed } from './capture-passed.builder.js';
import { openTestDatabase } from './harness.js';

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let dataSource: DataSource;
let connection: NatsConnection;
let relay: Relay;

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  dataSource = await openTestDatabase(database.url);
  connection = await connectNats({ url: nats.url, user: '', password: '' }, 'liveness');
  await ensureEventStream(await jetstreamManager(connection));
  relay = new Relay(connection, jetstream(connection), new Logger({ service: 'liveness', level: 'silent' }));
});

afterEach(async () => {
  await connection.close();
  await nats.stop();
  await dataSource.destroy();
  await database.drop();
});

async function publishedCount(): Promise<number> {
  const observer = await connect({ servers: nats.url });
  const { state } = await (await jetstreamManager(observer)).streams.info(EVENT_STREAM);
  await observer.close();
  return state.messages;
}

describe('a stop', () => {
  it('publishes what was committed just before', async () => {
    const unitOfWork = new UnitOfWork(dataSource, relay);
    const payloads = Array.from({ length: 5 }, () => capturePassed());
    await Promise.all(
      payloads.map((payload) => unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, payload))),
    );

    await disconnectNats(connection);

    expect(await publishedCount()).toBe(payloads.length);
  });
});

describe('what was committed', () => {
  it('leaves at once, and asks the broker for no acknowledgement', async () => {
    const observer = await connect({ servers: nats.url });
    const arrival = new Promise<Msg>((resolve) => {
      observer.subscribe(CapturePassedV1.subject, { callback: (_, message) => resolve(message) });
    });
    await observer.flush();

    relay.publish([makeOutboxMessage(CapturePassedV1, capturePassed())]);

    expect((await arrival).reply).toBeFalsy();
    await observer.close();
    expect(await publishedCount()).toBe(1);
  });

  it('is left to the reconciler when the connection is gone', async () => {
    await connection.close();
    expect(() => relay.publish([makeOutboxMessage(CapturePassedV1, capturePassed())])).not.toThrow();
  });
});

describe('publishing again', () => {
  it('is dropped by the broker as a repetition, and what it refuses keeps nothing else back', async () => {
    const messages = [1, 2].map(() => makeOutboxMessage(CapturePassedV1, capturePassed()));
    const refused = { ...makeOutboxMessage(CapturePassedV1, capturePassed()), subject: 'nobody.hears.this' };
    expect(await relay.publishAgain([refused, ...messages])).toBe(2);
    expect(await relay.publishAgain([refused, ...messages])).toBe(2);
    expect(await publishedCount()).toBe(2);
  });
});
