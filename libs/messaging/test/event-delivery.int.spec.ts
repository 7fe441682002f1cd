import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1, EVENT_STREAM, FaceExtractedV1, FaceLostV1, type PayloadOf } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { Consume, UnitOfWork, type DeliveryContext } from '@absah/messaging';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { currentTraceparent, withTraceparent } from '@absah/telemetry';
import { jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { setTimeout as sleep } from 'node:timers/promises';
import { capturePassed } from './capture-passed.builder.js';
import { countEffects, startReplica, type Replica } from './harness.js';

type Passed = PayloadOf<typeof CapturePassedV1>;

let senderDatabase: TestDatabase;
let receiverDatabase: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let started: Replica[];
let seen: { payload: Passed; delivery: DeliveryContext; traceparent: string | undefined }[];
let behaviour: (delivery: DeliveryContext) => Promise<void>;

@Controller()
class EffectHandler {
  constructor(@Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork) {}

  @Consume(CapturePassedV1, { maxDeliveries: 3, ackWaitMs: 1_000 })
  async handle(@Payload() payload: Passed, @Ctx() delivery: DeliveryContext): Promise<void> {
    seen.push({ payload, delivery, traceparent: currentTraceparent() });
    await behaviour(delivery);
    await this.unitOfWork.once(delivery, async (tx) => {
      await tx.manager.query('INSERT INTO effects (case_id) VALUES ($1)', [payload.caseId]);
      tx.emit(FaceLostV1, {
        caseId: payload.caseId,
        captureId: payload.captureId,
        subjectRef: payload.subjectRef,
        reasons: ['capture-expired'],
      });
    });
  }
}

beforeEach(async () => {
  [senderDatabase, receiverDatabase, nats] = await Promise.all([
    createTestDatabase(),
    createTestDatabase(),
    startTestNats(),
  ]);
  started = [];
  seen = [];
  behaviour = async () => undefined;
});

afterEach(async () => {
  await Promise.all(started.map((replica) => replica.close()));
  await nats.stop();
  await Promise.all([senderDatabase.drop(), receiverDatabase.drop()]);
});

async function start(service: 'liveness' | 'template-extraction'): Promise<Replica> {
  const receiving = service === 'template-extraction';
  const replica = await startReplica({
    service,
    databaseUrl: (receiving ? receiverDatabase : senderDatabase).url,
    natsUrl: nats.url,
    handlers: receiving ? [EffectHandler] : [],
  });
  started.push(replica);
  return replica;
}

async function stop(replica: Replica): Promise<void> {
  started = started.filter((other) => other !== replica);
  await replica.close();
}

/** What the broker does when it lost the consumer's position: everything comes again. */
async function forgetConsumer(): Promise<void> {
  const connection = await connect({ servers: nats.url });
  const manager = await jetstreamManager(connection);
  await manager.consumers.delete(EVENT_STREAM, 'template-extraction-CapturePassedV1');
  await connection.close();
}

async function publishRaw(body: string, headerId?: string): Promise<void> {
  const connection = await connect({ servers: nats.url });
  const own = headers();
  if (headerId) {
    own.set('Nats-Msg-Id', headerId);
    own.set('Absah-Occurred-At', new Date().toISOString());
  }
  connection.publish(CapturePassedV1.subject, body, { headers: own });
  await connection.drain();
}

async function deadLetters(
  replica: Replica,
): Promise<{ code: string; reason: string; deliveries: number }[]> {
  return replica.dataSource.query('SELECT code, reason, deliveries FROM dead_letters');
}

describe('an event between two services', () => {
  it('arrives once, with trace, correlation and timeline of its cause', async () => {
    const sender = await start('liveness');
    const receiver = await start('template-extraction');
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const payload = capturePassed();

    await withTraceparent(trace, () =>
      sender.unitOfWork.run(async (tx) =>
        tx.emit(CapturePassedV1, payload, { correlationId: payload.caseId }),
      ),
    );

    await waitFor(async () => (await countEffects(receiver.dataSource)) === 1, { description: 'the effect' });
    expect(seen[0]?.payload).toEqual(payload);
    expect(seen[0]?.traceparent?.split('-')[1]).toBe('0af7651916cd43dd8448eb211c80319c');
    const [emitted] = await receiver.dataSource.query('SELECT envelope FROM outbox');
    expect(emitted.envelope.correlationId).toBe(payload.caseId);
    expect(emitted.envelope.causationId).toBe(seen[0]?.delivery.messageId);
    expect(emitted.envelope.traceparent.split('-')[1]).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(emitted.envelope.timeline.map((point: { name: string }) => point.name)).toEqual([
      'CapturePassedV1',
      'FaceLostV1',
    ]);
  });

  it('has one effect when the broker delivers it twice', async () => {
    const sender = await start('liveness');
    const receiver = await start('template-extraction');
    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));
    await waitFor(async () => (await countEffects(receiver.dataSource)) === 1, { description: 'the effect' });

    await stop(receiver);
    await forgetConsumer();
    const again = await start('template-extraction');

    await waitFor(() => seen.length === 2, { description: 'the second delivery' });
    await stop(sender);
    expect(seen[1]?.delivery.messageId).toBe(seen[0]?.delivery.messageId);
    expect(await countEffects(again.dataSource)).toBe(1);
  });

  it('has one effect when two replicas handle it at the same time', async () => {
    const sender = await start('liveness');
    const first = await start('template-extraction');
    const second = await start('template-extraction');
    // Longer than the time to acknowledge: the broker gives it to somebody else meanwhile.
    behaviour = () => sleep(1_500);

    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));

    await waitFor(() => seen.length >= 2, { description: 'a delivery while the first is under way' });
    await stop(second);
    await waitFor(async () => (await countEffects(first.dataSource)) > 0, { description: 'the effect' });
    await sleep(500);
    expect(await countEffects(first.dataSource)).toBe(1);
  });

  it('is delivered although its sender crashed between commit and publish', async () => {
    const sender = await start('liveness');
    const receiver = await start('template-extraction');
    const died = new UnitOfWork(sender.dataSource, { publish: () => undefined });
    await died.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));
    await stop(sender);
    expect(seen).toHaveLength(0);

    await start('liveness');

    await waitFor(async () => (await countEffects(receiver.dataSource)) === 1, { description: 'the effect' });
  });

  it('does not leave when its transaction fails, and a payload that breaks its contract fails it', async () => {
    const sender = await start('liveness');
    const receiver = await start('template-extraction');

    const attempt = sender.unitOfWork.run(async (tx) => {
      tx.emit(CapturePassedV1, capturePassed());
      tx.emit(CapturePassedV1, capturePassed({ livenessScore: 2 }));
    });

    await expect(attempt).rejects.toMatchObject({ code: 'MESSAGING.PAYLOAD_BREAKS_CONTRACT' });
    expect(await sender.dataSource.query('SELECT 1 FROM outbox')).toHaveLength(0);
    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));
    await waitFor(async () => (await countEffects(receiver.dataSource)) === 1, {
      description: 'the good one',
    });
    expect(seen).toHaveLength(1);
  });

  it('is tried again after a passing failure', async () => {
    const sender = await start('liveness');
    const receiver = await start('template-extraction');
    behaviour = async ({ deliveryCount }) => {
      if (deliveryCount === 1) throw new ServiceError('unavailable', 'TEST.BUSY', 'not now');
    };

    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));

    await waitFor(async () => (await countEffects(receiver.dataSource)) === 1, { description: 'the effect' });
    expect(await deadLetters(receiver)).toEqual([]);
  });
});

describe('poison', () => {
  it('is buried at once when its payload breaks the contract', async () => {
    const receiver = await start('template-extraction');
    await publishRaw('{"caseId":"not-a-uuid"}', 'poison-1');

    const [letter] = await waitFor(
      async () => ((found) => (found.length > 0 ? found : undefined))(await deadLetters(receiver)),
      { description: 'the dead letter' },
    );
    expect(letter).toMatchObject({ code: 'MESSAGING.PAYLOAD_INVALID', deliveries: 1 });
    expect(letter?.reason).toContain('caseId');
    expect(seen).toHaveLength(0);
  });

  it.each([
    ['is not JSON', 'not json', 'poison-2', 'MESSAGING.PAYLOAD_INVALID'],
    ['has no envelope', JSON.stringify(capturePassed()), undefined, 'MESSAGING.ENVELOPE_MISSING'],
  ])('is buried at once when it %s', async (_, body, id, code) => {
    const receiver = await start('template-extraction');
    await publishRaw(body, id);
    await waitFor(async () => (await deadLetters(receiver)).length === 1, { description: 'the dead letter' });
    expect(await deadLetters(receiver)).toEqual([expect.objectContaining({ code })]);
  });

  it('is buried with its reason after the last try, and what follows it is handled', async () => {
    const sender = await start('liveness');
    const receiver = await start('template-extraction');
    const poison = capturePassed();
    behaviour = async () => {
      if (seen.at(-1)?.payload.caseId === poison.caseId)
        throw new ServiceError('internal', 'TEST.BROKEN', 'always');
    };

    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, poison));
    await waitFor(async () => (await deadLetters(receiver)).length === 1, { description: 'the dead letter' });
    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));

    await waitFor(async () => (await countEffects(receiver.dataSource)) === 1, {
      description: 'the next effect',
    });
    expect(await deadLetters(receiver)).toEqual([{ code: 'TEST.BROKEN', reason: 'always', deliveries: 3 }]);
  });

  it('keeps the words of unknown errors out of the dead letter', async () => {
    const sender = await start('liveness');
    const receiver = await start('template-extraction');
    behaviour = () => Promise.reject(new Error('value 9999015508900001 is wrong'));

    await sender.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));

    await waitFor(async () => (await deadLetters(receiver)).length === 1, { description: 'the dead letter' });
    const [letter] = await deadLetters(receiver);
    expect(letter).toMatchObject({ code: 'MESSAGING.HANDLER_FAILED', reason: 'handler failed with Error' });
  });
});

describe('a handler', () => {
  it('is refused when the topology does not give it the event', async () => {
    @Controller()
    class Eavesdropper {
      @Consume(FaceExtractedV1)
      async handle(): Promise<void> {
        seen.push();
      }
    }
    const attempt = startReplica({
      service: 'template-extraction',
      databaseUrl: receiverDatabase.url,
      natsUrl: nats.url,
      handlers: [Eavesdropper],
    });
    await expect(attempt).rejects.toThrow('topology');
  });
});
