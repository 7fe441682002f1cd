import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1, EVENT_STREAM, FaceLostV1, type PayloadOf } from '@absah/contracts';
import { Consume, UnitOfWork, type DeliveryContext } from '@absah/messaging';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Controller, Inject, type Type } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { capturePassed } from './capture-passed.builder.js';
import { effectHandler } from './effect-handler.js';
import { countEffects, openTestDatabase, startReplica, type Replica } from './harness.js';

const CONSUMER = 'template-extraction-CapturePassedV1';

let senderDatabase: TestDatabase;
let receiverDatabase: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let sender: Replica;
let receivers: Replica[];
let begun: number;

beforeEach(async () => {
  [senderDatabase, receiverDatabase, nats] = await Promise.all([
    createTestDatabase(),
    createTestDatabase(),
    startTestNats(),
  ]);
  sender = await startReplica({ service: 'liveness', databaseUrl: senderDatabase.url, natsUrl: nats.url });
  receivers = [];
  begun = 0;
});

afterEach(async () => {
  await Promise.all([sender, ...receivers].map((replica) => replica.close()));
  await nats.stop();
  await Promise.all([senderDatabase.drop(), receiverDatabase.drop()]);
});

async function startReceiver(handler: Type): Promise<Replica> {
  const replica = await startReplica({
    service: 'template-extraction',
    databaseUrl: receiverDatabase.url,
    natsUrl: nats.url,
    handlers: [handler],
  });
  receivers.push(replica);
  return replica;
}

async function stop(replica: Replica): Promise<void> {
  receivers = receivers.filter((other) => other !== replica);
  await replica.close();
}

async function emit(count: number): Promise<void> {
  await sender.unitOfWork.run(async (tx) => {
    for (let index = 0; index < count; index += 1) tx.emit(CapturePassedV1, capturePassed());
  });
}

function slowHandler(durationMs: number): Type {
  const before = async () => {
    begun += 1;
    await sleep(durationMs);
  };
  return effectHandler({ concurrency: 2, before });
}

async function consumerState(): Promise<{ unacknowledged: number; waiting: number }> {
  const connection = await connect({ servers: nats.url });
  const info = await (await jetstreamManager(connection)).consumers.info(EVENT_STREAM, CONSUMER);
  await connection.close();
  return { unacknowledged: info.num_ack_pending, waiting: info.num_pending };
}

async function effectsInDatabase(): Promise<number> {
  const dataSource = await openTestDatabase(receiverDatabase.url);
  const count = await countEffects(dataSource);
  await dataSource.destroy();
  return count;
}

describe('a replica that stops', () => {
  it('finishes and acknowledges what its handlers began', async () => {
    const receiver = await startReceiver(slowHandler(600));
    await emit(1);
    await waitFor(() => begun === 1, { description: 'the handler to begin' });

    await stop(receiver);

    expect(await effectsInDatabase()).toBe(1);
    expect(await consumerState()).toEqual({ unacknowledged: 0, waiting: 0 });
  });

  it('hands back what only waited: another replica has it long before its time to acknowledge is over', async () => {
    const receiver = await startReceiver(slowHandler(700));
    await emit(10);
    await waitFor(() => begun === 2, { description: 'the handlers to begin' });

    const stopBegan = performance.now();
    await stop(receiver);
    expect(begun).toBe(2);
    expect(performance.now() - stopBegan).toBeLessThan(2_500);
    expect(await effectsInDatabase()).toBe(2);

    const next = await startReceiver(effectHandler());
    await waitFor(async () => (await countEffects(next.dataSource)) === 10, {
      description: 'the rest',
      timeoutMs: 5_000,
    });
    await waitFor(async () => (await consumerState()).unacknowledged === 0, {
      description: 'acknowledgements',
    });
  });

  it('still publishes what its last handlers emitted', async () => {
    @Controller()
    class LastWords {
      constructor(@Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork) {}

      @Consume(CapturePassedV1)
      async handle(
        @Payload() { caseId, captureId, subjectRef }: PayloadOf<typeof CapturePassedV1>,
        @Ctx() delivery: DeliveryContext,
      ): Promise<void> {
        begun += 1;
        await sleep(400);
        await this.unitOfWork.once(delivery, async (tx) => {
          tx.emit(FaceLostV1, { caseId, captureId, subjectRef, reasons: ['capture-expired'] });
        });
      }
    }
    const receiver = await startReceiver(LastWords);
    await emit(1);
    await waitFor(() => begun === 1, { description: 'the handler to begin' });

    await stop(receiver);

    const connection = await connect({ servers: nats.url });
    const { streams } = await jetstreamManager(connection);
    const lost = await streams.getMessage(EVENT_STREAM, { last_by_subj: FaceLostV1.subject });
    await connection.close();
    expect(lost?.subject).toBe(FaceLostV1.subject);
  });

  it('loses nothing while the broker is sending, restart after restart', async () => {
    const burst = 60;
    const restarts = 8;
    for (let restart = 1; restart <= restarts; restart += 1) {
      const begins = new EventEmitter();
      const begun = once(begins, 'begun');
      const before = async () => void begins.emit('begun');
      const receiver = await startReceiver(effectHandler({ concurrency: 32, before }));
      await emit(burst);
      await begun;
      await stop(receiver);
    }
    const last = await startReceiver(effectHandler());
    await waitFor(async () => (await countEffects(last.dataSource)) === burst * restarts, {
      description: 'all effects, before any time to acknowledge is over',
    });
  });
});
