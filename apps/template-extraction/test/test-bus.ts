import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CaptureStore } from '@absah/capture-store';
import {
  CAPTURE_STREAM,
  captureSubject,
  EVENT_STREAM,
  type EventContract,
  type PayloadOf,
  type QueryContract,
  type ReplyOf,
  type ServiceName,
} from '@absah/contracts';
import { brokerPermissions, QueryClient } from '@absah/messaging';
import { Sealer } from '@absah/sealing';
import { startTestNats } from '@absah/testing';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { headers, nanos, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';

interface HeardEvent {
  readonly messageId: string;
  readonly subject: string;
  readonly payload: { readonly caseId: string };
  readonly correlationId: string;
  readonly causationId: string;
}

const PASSWORD = 'of-this-test-only';
const WINDOW_MS = 2 * 60_000;
const SHORT_WINDOW_MS = 100;

/** All that the service under test sees of the platform: a broker with its permissions, captures, and a listener. */
export class TestBus {
  readonly captures: CaptureStore;
  readonly heard: HeardEvent[] = [];

  private constructor(
    private readonly nats: Awaited<ReturnType<typeof startTestNats>>,
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
    captures: CaptureStore,
    readonly captureKey: Uint8Array,
  ) {
    this.captures = captures;
  }

  /** `<service>-without-purge` is the same user who may not purge, which is as if it died before. */
  static async start(service: ServiceName): Promise<TestBus> {
    const allowed = brokerPermissions(service);
    const withoutPurge = allowed.publish.filter((subject) => !subject.startsWith('$JS.API.STREAM.PURGE'));
    const nats = await startTestNats([
      { user: 'tester', password: PASSWORD },
      { user: service, password: PASSWORD, ...allowed },
      { user: `${service}-without-purge`, password: PASSWORD, ...allowed, publish: withoutPurge },
    ]);
    const connection = await connect({ servers: nats.url, user: 'tester', pass: PASSWORD });
    const captureKey = randomBytes(32);
    const captures = await CaptureStore.open(connection, new Sealer('capture', captureKey));
    const bus = new TestBus(nats, connection, await jetstreamManager(connection), captures, captureKey);
    bus.listen();
    return bus;
  }

  environment(user: string): Record<string, string> {
    return { NATS_URL: this.nats.url, NATS_USER: user, NATS_PASSWORD: PASSWORD };
  }

  async publish<C extends EventContract>(
    contract: C,
    payload: PayloadOf<C>,
    messageId: string = randomUUID(),
  ): Promise<void> {
    const envelope = headers();
    envelope.set('Nats-Msg-Id', messageId);
    envelope.set('Absah-Correlation-Id', (payload as { caseId: string }).caseId);
    envelope.set('Absah-Occurred-At', new Date().toISOString());
    await this.manager.jetstream().publish(contract.subject, JSON.stringify(payload), { headers: envelope });
  }

  /** The same message several times in the stream, which the broker's duplicate window would else prevent. */
  async publishRepeatedly<C extends EventContract>(
    contract: C,
    payload: PayloadOf<C>,
    { copies, messageId }: { readonly copies: number; readonly messageId: string },
  ): Promise<void> {
    await this.setDuplicateWindow(SHORT_WINDOW_MS);
    for (let copy = 0; copy < copies; copy += 1) {
      await this.publish(contract, payload, messageId);
      await sleep(SHORT_WINDOW_MS * 2);
    }
    await this.setDuplicateWindow(WINDOW_MS);
  }

  /** Bytes that no holder of the key sealed. */
  async putForged(captureId: string, bytes: Uint8Array): Promise<void> {
    await this.manager.jetstream().publish(captureSubject(captureId, 'face'), bytes);
  }

  of<C extends EventContract>(contract: C, caseId: string): PayloadOf<C>[] {
    return this.eventsOf(contract, caseId).map((event) => event.payload as PayloadOf<C>);
  }

  eventsOf(contract: EventContract, caseId: string): HeardEvent[] {
    return this.heard.filter(
      (event) => event.subject === contract.subject && event.payload.caseId === caseId,
    );
  }

  /** How many messages that no consumer of this service has settled yet. */
  async unsettled(durable: string): Promise<number> {
    const { num_pending, num_ack_pending } = await this.manager.consumers.info(EVENT_STREAM, durable);
    return num_pending + num_ack_pending;
  }

  async captureMessages(captureId: string): Promise<number> {
    const options = { subjects_filter: captureSubject(captureId, '*') };
    const { state } = await this.manager.streams.info(CAPTURE_STREAM, options);
    return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
  }

  ask<Q extends QueryContract>(contract: Q, request: PayloadOf<Q>): Promise<ReplyOf<Q>> {
    return new QueryClient(this.connection).ask(contract, request);
  }

  async stop(): Promise<void> {
    await this.connection.close();
    await this.nats.stop();
  }

  private listen(): void {
    this.connection.subscribe('evt.>', {
      callback: (_error, message) => {
        const messageId = message.headers?.get('Nats-Msg-Id') ?? '';
        // A relay may publish a row twice; every inbox, and so this listener, knows it by its id.
        if (this.heard.some((event) => event.messageId === messageId)) return;
        this.heard.push({
          messageId,
          subject: message.subject,
          payload: message.json(),
          correlationId: message.headers?.get('Absah-Correlation-Id') ?? '',
          causationId: message.headers?.get('Absah-Causation-Id') ?? '',
        });
      },
    });
  }

  private async setDuplicateWindow(milliseconds: number): Promise<void> {
    await this.manager.streams.update(EVENT_STREAM, { duplicate_window: nanos(milliseconds) });
  }
}
