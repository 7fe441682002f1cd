import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1, EVENT_STREAM } from '@absah/contracts';
import { connectNats, QueryClient } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Confirmations } from '../src/confirmations.js';
import { ensureEventStream } from '../src/event-stream.js';
import { storeInOutbox } from '../src/outbox.js';
import { makeOutboxMessage } from '../src/outbox-message.js';
import { Reconciler } from '../src/reconciler.js';
import { Relay } from '../src/relay.js';
import { AnsweringConsumers } from './answering-consumers.js';
import { capturePassed } from './capture-passed.builder.js';
import { openTestDatabase } from './harness.js';

const GRACE_MS = 200;
const BATCH = 8;
const AN_HOUR = `interval '1 hour'`;

interface Row {
  readonly id: string;
  readonly attempts: number;
  readonly waits_seconds: number;
}

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let dataSource: DataSource;
let connection: NatsConnection;
let others: NatsConnection;
let manager: JetStreamManager;
let consumers: AnsweringConsumers;
let reconcilers: Reconciler[];
let streamChecks: number;
let published: string[];

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  dataSource = await openTestDatabase(database.url);
  connection = await connectNats({ url: nats.url, user: '', password: '' }, 'liveness');
  others = await connect({ servers: nats.url });
  manager = await jetstreamManager(connection);
  await ensureEventStream(manager);
  consumers = new AnsweringConsumers(others, CapturePassedV1);
  await others.flush();
  reconcilers = [];
  streamChecks = 0;
  published = [];
});

afterEach(async () => {
  await Promise.all(reconcilers.map((reconciler) => reconciler.stop()));
  await Promise.all([connection.close(), others.close()]);
  await nats.stop();
  await dataSource.destroy();
  await database.drop();
});

/** Notes what leaves, repetitions included. */
function observed(client: JetStreamClient): JetStreamClient {
  const publisher = Object.create(client) as JetStreamClient;
  publisher.publish = (subject, payload, options) => {
    published.push(options?.headers?.get('Nats-Msg-Id') ?? '');
    return client.publish(subject, payload, options);
  };
  return publisher;
}

function startReconciler(): void {
  const logger = new Logger({ service: 'liveness', level: 'silent' });
  const ensureStream = () => {
    streamChecks += 1;
    return ensureEventStream(manager);
  };
  const reconciler = new Reconciler(
    dataSource,
    new Relay(connection, observed(jetstream(connection)), logger),
    new Confirmations(new QueryClient(connection), logger),
    ensureStream,
    logger,
    GRACE_MS,
    BATCH,
  );
  reconcilers.push(reconciler);
  reconciler.start();
}

/** Committed by a process that died before it could publish anything. */
async function commit(count: number): Promise<string[]> {
  const messages = Array.from({ length: count }, () => makeOutboxMessage(CapturePassedV1, capturePassed()));
  await storeInOutbox(dataSource.manager, messages, 0);
  return messages.map(({ envelope }) => envelope.messageId);
}

async function rows(): Promise<Row[]> {
  return dataSource.query<Row[]>(
    'SELECT id, attempts, extract(epoch FROM due_at - now())::float8 AS waits_seconds FROM outbox ORDER BY id',
  );
}

async function rowsLeft(count: number): Promise<void> {
  await waitFor(async () => (await rows()).length === count, { description: `${count} rows to be left` });
}

describe('a row of the outbox (V9)', () => {
  it('is settled when every consumer has its message, and not before', async () => {
    const [everywhere, nowhere, atOne] = (await commit(3)) as [string, string, string];
    consumers.take([everywhere]);
    consumers.take([atOne], ['template-extraction']);
    startReconciler();
    await rowsLeft(2);
    await sleep(3 * GRACE_MS);
    expect((await rows()).map(({ id }) => id)).toEqual([nowhere, atOne].sort());
    expect(published).not.toContain(everywhere);
    consumers.take([nowhere, atOne]);
    await rowsLeft(0);
  });

  it('is published again while somebody lacks its message, each time after twice the wait', async () => {
    const [id] = await commit(1);
    startReconciler();
    await waitFor(() => published.length >= 4, { description: 'four publications' });
    const [row] = await rows();
    expect(published).toEqual(Array.from(published, () => id));
    expect(row?.attempts).toBe(published.length);
    expect(row?.waits_seconds).toBeGreaterThan(((GRACE_MS / 1_000) * 2 ** 3) / 2);
    expect((await manager.streams.info(EVENT_STREAM)).state.messages).toBe(1);
  });

  it('is kept while a consumer is silent, published once for it to find, and asked about again', async () => {
    await consumers.silence('audit');
    const ids = await commit(2);
    consumers.take(ids, ['template-extraction']);
    startReconciler();
    await waitFor(async () => (await rows()).every(({ attempts }) => attempts >= 3), {
      description: 'three looks',
    });
    expect(published.sort()).toEqual(ids.sort());
    expect(await rows()).toHaveLength(2);
  });

  it('that was never asked about comes before all that a consumer which is away leaves unconfirmed', async () => {
    await commit(3 * BATCH);
    await dataSource.query(`UPDATE outbox SET attempts = 5, due_at = now() - ${AN_HOUR}`);
    const [lost] = await commit(1);
    await consumers.silence('audit');
    startReconciler();
    await waitFor(() => published.length > 0, { description: 'a first publication' });
    expect(published.slice(0, BATCH)).toContain(lost);
  });

  it('waits for no pause between the rounds while a consumer is away', async () => {
    const rounds = 40;
    const ids = await commit(rounds * BATCH);
    await consumers.silence('audit');
    consumers.take(ids, ['template-extraction']);
    startReconciler();
    const began = performance.now();
    await waitFor(async () => (await rows()).every(({ attempts }) => attempts > 0), {
      description: 'every row to be looked at',
    });
    expect(performance.now() - began).toBeLessThan(rounds * GRACE_MS);
  });

  it('that the broker refuses for ever keeps no other back', async () => {
    await commit(3 * BATCH);
    await dataSource.query(`UPDATE outbox SET subject = 'nobody.hears.this', due_at = now() - ${AN_HOUR}`);
    const good = await commit(BATCH);
    consumers.take(good);
    startReconciler();
    await rowsLeft(3 * BATCH);
    const left = new Set((await rows()).map(({ id }) => id));
    expect(good.filter((id) => left.has(id))).toEqual([]);
  });

  it('is looked after by one of several replicas at a time', async () => {
    const ids = await commit(3 * BATCH);
    // Both look while the first one still waits for answers.
    consumers.delayMs = 2 * GRACE_MS;
    startReconciler();
    startReconciler();
    await waitFor(async () => (await rows()).every(({ attempts }) => attempts === 1), {
      description: 'every row to be looked at',
    });
    expect([...published].sort()).toEqual([...ids].sort());
  });
});

describe('what nobody can know', () => {
  it('after a start is asked about at once, however long a row was put off', async () => {
    const ids = await commit(BATCH + 1);
    await dataSource.query(`UPDATE outbox SET attempts = 9, due_at = now() + ${AN_HOUR}`);
    consumers.take(ids);
    startReconciler();
    await rowsLeft(0);
  });

  it('after the stream was deleted is published at once into the new one', async () => {
    const ids = await commit(2);
    startReconciler();
    await waitFor(() => published.length >= 2, { description: 'a first publication' });
    await dataSource.query(`UPDATE outbox SET attempts = 9, due_at = now() + ${AN_HOUR}`);
    await consumers.silence('audit');
    await manager.streams.delete(EVENT_STREAM);
    await waitFor(async () => (await ensureEventStream(manager)) && (await streamSize()) === ids.length, {
      description: 'the events in the new stream',
    });
  });
});

describe('an idle service', () => {
  it('asks nothing of the broker and of nobody', async () => {
    startReconciler();
    await sleep(5 * GRACE_MS);
    expect(streamChecks).toBe(0);
    expect(consumers.asked.size).toBe(0);
  });
});

async function streamSize(): Promise<number> {
  return (await manager.streams.info(EVENT_STREAM)).state.messages;
}
