import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1, EVENT_STREAM } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { ConsumeEverything, type RecordedEvent } from '@absah/messaging';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { setTimeout as sleep } from 'node:timers/promises';
import { capturePassed } from './capture-passed.builder.js';
import { startReplica, type Replica } from './harness.js';

const MAX_BATCH = 50;
const MAX_DELIVERIES = 3;
const CONSUMER = 'audit-everything';

let databases: TestDatabase[];
let nats: Awaited<ReturnType<typeof startTestNats>>;
let replicas: Replica[];
let batches: (readonly RecordedEvent[])[];
let behaviour: (batch: readonly RecordedEvent[]) => Promise<void>;

@Controller()
class Recorder {
  @ConsumeEverything({ maxBatch: MAX_BATCH, maxWaitMs: 50, maxDeliveries: MAX_DELIVERIES })
  async record(@Payload() batch: readonly RecordedEvent[]): Promise<void> {
    await behaviour(batch);
    batches.push(batch);
  }
}

beforeEach(async () => {
  nats = await startTestNats();
  databases = [];
  replicas = [];
  batches = [];
  behaviour = () => Promise.resolve();
});

afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  await nats.stop();
  await Promise.all(databases.map((database) => database.drop()));
});

async function start(service: 'liveness' | 'audit'): Promise<Replica> {
  const database = await createTestDatabase();
  databases.push(database);
  const handlers = service === 'audit' ? [Recorder] : [];
  const replica = await startReplica({ service, databaseUrl: database.url, natsUrl: nats.url, handlers });
  replicas.push(replica);
  return replica;
}

/** Emits one after the other, so that the order in the stream is known. */
async function emit(sender: Replica, count: number): Promise<string[]> {
  const cases: string[] = [];
  const connection = await connect({ servers: nats.url });
  const { streams } = await jetstreamManager(connection);
  for (let index = 0; index < count; index += 1) {
    const payload = capturePassed();
    cases.push(payload.caseId);
    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, payload));
    await waitFor(async () => (await streams.info(EVENT_STREAM)).state.messages === index + 1, {
      description: `event ${index + 1} in the stream`,
    });
  }
  await connection.close();
  return cases;
}

async function openDeliveries(): Promise<number> {
  const connection = await connect({ servers: nats.url });
  const info = await (await jetstreamManager(connection)).consumers.info(EVENT_STREAM, CONSUMER);
  await connection.close();
  return info.num_ack_pending + info.num_pending;
}

function recordedCases(): string[] {
  return batches.flat().map((event) => (JSON.parse(event.payloadText) as { caseId: string }).caseId);
}

describe('the consumer of everything', () => {
  it('gets what waits in few batches, in order and as published', async () => {
    const sender = await start('liveness');
    const cases = await emit(sender, 120);

    await start('audit');

    await waitFor(() => recordedCases().length === cases.length, { description: 'all events' });
    expect(recordedCases()).toEqual(cases);
    expect(batches.length).toBeLessThanOrEqual(5);
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(MAX_BATCH);
    expect(batches[0]?.[0]).toMatchObject({
      subject: CapturePassedV1.subject,
      envelope: { timeline: [{ name: 'CapturePassedV1' }] },
    });
    await waitFor(async () => (await openDeliveries()) === 0, { description: 'all acknowledgements' });
  });

  it('gets the events of a failed batch again: nothing is lost, and nothing doubled for a handler that knows ids', async () => {
    const sender = await start('liveness');
    const cases = await emit(sender, 30);
    const stored = new Map<string, string>();
    let failures = 0;
    behaviour = async (batch) => {
      for (const { messageId, payloadText } of batch) {
        stored.set(messageId, payloadText);
        // Half way through, as a transaction that fails late; what it stored stays for the test.
        if (failures < 3 && stored.size === 15) {
          failures += 1;
          throw new Error('disk full');
        }
      }
    };

    await start('audit');

    await waitFor(async () => recordedCases().length >= cases.length && (await openDeliveries()) === 0, {
      description: 'all events',
    });
    expect(failures).toBeGreaterThan(0);
    expect(stored.size).toBe(cases.length);
    expect([...recordedCases()].sort()).toEqual([...cases].sort());
  });

  it('buries the one event that always fails, and records the others', async () => {
    const sender = await start('liveness');
    const cases = await emit(sender, 10);
    const [, , , bad = ''] = cases;
    const tries: number[] = [];
    behaviour = async (batch) => {
      if (!batch.some(({ payloadText }) => payloadText.includes(bad))) return;
      tries.push(batch.length);
      throw new ServiceError('internal', 'TEST.REFUSED', 'never this one');
    };

    const audit = await start('audit');

    await waitFor(async () => recordedCases().length === 9 && (await openDeliveries()) === 0, {
      description: 'the good events and the end of the bad one',
    });
    expect(recordedCases().sort()).toEqual(cases.filter((caseId) => caseId !== bad).sort());
    expect(tries.filter((size) => size === 1)).toHaveLength(MAX_DELIVERIES);
    const [letter, ...others] = await audit.dataSource.query('SELECT * FROM dead_letters');
    expect(letter).toMatchObject({
      consumer: CONSUMER,
      deliveries: MAX_DELIVERIES,
      code: 'TEST.REFUSED',
      reason: 'never this one',
    });
    expect(letter.payload.toString()).toContain(bad);
    expect(others).toEqual([]);
  });

  it('neither records an event without an envelope nor gets it for ever', async () => {
    const sender = await start('liveness');
    await start('audit');
    const connection = await connect({ servers: nats.url });
    connection.publish(CapturePassedV1.subject, JSON.stringify(capturePassed()));
    await connection.drain();

    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));

    await waitFor(async () => recordedCases().length === 1 && (await openDeliveries()) === 0, {
      description: 'the good event and the end of the bad one',
    });
    await sleep(200);
    expect(recordedCases()).toHaveLength(1);
  });

  it('records what it gathered before it stops', async () => {
    const sender = await start('liveness');
    const audit = await start('audit');
    behaviour = () => sleep(300);
    const cases = await emit(sender, 3);
    await waitFor(async () => (await openDeliveries()) > 0, { description: 'a batch under way' });

    replicas = replicas.filter((replica) => replica !== audit);
    await audit.close();

    expect(recordedCases()).toEqual(cases);
    expect(await openDeliveries()).toBe(0);
  });
});
