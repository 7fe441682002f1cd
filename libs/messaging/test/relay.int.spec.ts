import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1, EVENT_STREAM } from '@absah/contracts';
import { connectNats, UnitOfWork } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { DataSource } from 'typeorm';
import { ensureEventStream } from '../src/event-stream.js';
import { Relay, type RelaySettings } from '../src/relay.js';
import { capturePassed } from './capture-passed.builder.js';
import { openTestDatabase } from './harness.js';

const SETTINGS: RelaySettings = { sweepIntervalMs: 50, sweepMinAgeMs: 0, sweepBatch: 8, markDelayMs: 20 };

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let dataSource: DataSource;
let connection: NatsConnection;
let client: JetStreamClient;
let relays: Relay[];

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  dataSource = await openTestDatabase(database.url);
  connection = await connectNats({ url: nats.url, user: '', password: '' }, 'liveness');
  client = jetstream(connection);
  await ensureEventStream(await jetstreamManager(connection));
  relays = [];
});

afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await connection.close();
  await nats.stop();
  await dataSource.destroy();
  await database.drop();
});

function relay(changes: Partial<RelaySettings> = {}, publisher = client): Relay {
  const logger = new Logger({ service: 'liveness', level: 'silent' });
  const created = new Relay(dataSource, publisher, logger, { ...SETTINGS, ...changes });
  relays.push(created);
  return created;
}

/** Commits events as a process that dies before it publishes them. */
async function leaveBehind(count: number): Promise<string[]> {
  const died = new UnitOfWork(dataSource, { publish: () => undefined });
  const cases: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const payload = capturePassed();
    cases.push(payload.caseId);
    await died.run(async (tx) => tx.emit(CapturePassedV1, payload));
  }
  return cases;
}

async function publishedCases(): Promise<string[]> {
  const manager = await jetstreamManager(connection);
  const { messages } = (await manager.streams.info(EVENT_STREAM)).state;
  const cases: string[] = [];
  for (let seq = 1; seq <= messages; seq += 1) {
    const stored = await manager.streams.getMessage(EVENT_STREAM, { seq });
    cases.push(stored?.json<{ caseId: string }>().caseId ?? '');
  }
  return cases;
}

async function unpublished(): Promise<number> {
  const rows = await dataSource.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM outbox WHERE published_at IS NULL',
  );
  return rows[0]?.n ?? -1;
}

async function allMarked(): Promise<void> {
  await waitFor(async () => (await unpublished()) === 0, { description: 'all rows to be marked' });
}

/** Counts what reaches the broker, repetitions included. */
function counting(): { publisher: JetStreamClient; sent: () => number } {
  let sent = 0;
  const publisher = Object.create(client) as JetStreamClient;
  publisher.publish = (...args) => {
    sent += 1;
    return client.publish(...args);
  };
  return { publisher, sent: () => sent };
}

describe('the sweep', () => {
  it('publishes more rows than one batch in the order of their creation, and marks them', async () => {
    const cases = await leaveBehind(3 * SETTINGS.sweepBatch + 1);
    relay().start();
    await allMarked();
    expect(await publishedCases()).toEqual(cases);
  });

  it('leaves alone what the committing process publishes itself', async () => {
    const own = relay({ sweepMinAgeMs: 60_000 });
    own.start();
    await leaveBehind(1);
    const unitOfWork = new UnitOfWork(dataSource, own);
    await unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));
    await waitFor(async () => (await unpublished()) === 1, { description: 'the own row to be marked' });
    expect(await publishedCases()).toHaveLength(1);
  });

  it('of two relays at the same time publishes each row once', async () => {
    const cases = await leaveBehind(10 * SETTINGS.sweepBatch);
    const { publisher, sent } = counting();

    relay({}, publisher).start();
    relay({}, publisher).start();

    await allMarked();
    expect(sent()).toBe(cases.length);
    expect((await publishedCases()).sort()).toEqual([...cases].sort());
  });

  it('is not held up by a row that the broker refuses', async () => {
    const [refused] = await leaveBehind(1);
    await dataSource.query(`UPDATE outbox SET subject = 'nobody.hears.this'`);
    const cases = await leaveBehind(2);

    relay().start();

    await waitFor(async () => (await unpublished()) === 1, { description: 'the others to be marked' });
    expect(await publishedCases()).toEqual(cases);
    const [left] = await dataSource.query(
      `SELECT payload ->> 'caseId' AS "caseId" FROM outbox WHERE published_at IS NULL`,
    );
    expect(left).toEqual({ caseId: refused });
  });
});

describe('a stop', () => {
  it('publishes and marks what was committed just before', async () => {
    const own = relay({ sweepIntervalMs: 60_000, markDelayMs: 60_000 });
    const unitOfWork = new UnitOfWork(dataSource, own);
    const payloads = Array.from({ length: 5 }, () => capturePassed());
    await Promise.all(
      payloads.map((payload) => unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, payload))),
    );

    await own.stop();

    expect(await unpublished()).toBe(0);
    expect(await publishedCases()).toHaveLength(payloads.length);
  });
});
