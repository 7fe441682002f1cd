import { CONSUMES, type ServiceName } from '@absah/contracts';
import type { Logger } from '@absah/telemetry';
import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { DataSource } from 'typeorm';
import { BatchSubscription } from './batch-subscription.js';
import type { HandlerExtras } from './decorators.js';
import { durableName, everythingDurableName } from './durable-name.js';
import { ensureConsumer } from './ensure-consumer.js';
import { ensureEventStream } from './event-stream.js';
import { EventSubscription } from './event-subscription.js';
import { QueryResponder } from './query-responder.js';

interface Running {
  stop(): Promise<void>;
}

/** What a batch may wait for its one transaction before the broker gives it to another replica. */
const BATCH_ACK_WAIT_MS = 30_000;
const PENDING_PER_CONSUMER = 1_024;

/** Nest transport over JetStream: one durable consumer per handled event, plain request/reply for queries. */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  /** Failures reach the subscription, which decides between retry and dead letter. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly running: Running[] = [];

  constructor(
    private readonly service: ServiceName,
    private readonly connection: NatsConnection,
    private readonly dataSource: DataSource,
    private readonly log: Logger,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.subscribeAll().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await Promise.all(this.running.splice(0).map((subscription) => subscription.stop()));
  }

  on(): never {
    throw new Error('the connection has its own status events');
  }

  unwrap<T>(): T {
    return this.connection as T;
  }

  private async subscribeAll(): Promise<void> {
    this.refuseUndeclaredHandlers();
    const manager = await jetstreamManager(this.connection, { checkAPI: false });
    await ensureEventStream(manager);
    for (const handler of this.messageHandlers.values()) await this.subscribe(handler, manager);
  }

  private async subscribe(handler: MessageHandler, manager: JetStreamManager): Promise<void> {
    const extras = handler.extras as HandlerExtras;
    const client = jetstream(this.connection);
    if (extras.kind === 'query') {
      const responder = new QueryResponder(extras.contract, (request) => call(handler, request), this.log);
      responder.start(this.connection);
      this.running.push(responder);
      return;
    }
    if (extras.kind === 'everything') {
      const durable = everythingDurableName(this.service);
      await ensureConsumer(manager, {
        durable,
        ackWaitMs: BATCH_ACK_WAIT_MS,
        maxAckPending: PENDING_PER_CONSUMER,
      });
      const subscription = new BatchSubscription(
        durable,
        async (batch) => void (await call(handler, batch)),
        this.log,
        extras.options,
      );
      await subscription.start(client);
      this.running.push(subscription);
      return;
    }
    const durable = durableName(this.service, extras.contract);
    await ensureConsumer(manager, {
      durable,
      filterSubject: extras.contract.subject,
      ackWaitMs: extras.options.ackWaitMs,
      maxAckPending: PENDING_PER_CONSUMER,
    });
    const subscription = new EventSubscription(
      extras.contract,
      durable,
      async (payload, delivery) => void (await call(handler, payload, delivery)),
      this.dataSource,
      this.log,
      extras.options,
    );
    await subscription.start(client);
    this.running.push(subscription);
  }

  /** The broker would refuse them too, but only with a permission violation at run time. */
  private refuseUndeclaredHandlers(): void {
    const declared = CONSUMES[this.service];
    for (const { extras } of this.messageHandlers.values()) {
      const wanted = extras as HandlerExtras;
      const allowed =
        wanted.kind === 'query'
          ? wanted.contract.owner === this.service
          : wanted.kind === 'everything'
            ? declared === 'everything'
            : declared !== 'everything' && declared.includes(wanted.contract);
      if (!allowed) throw new Error(`${this.service} handles what the contracts' topology does not give it`);
    }
  }
}

/** Nest hands back a promise, or an observable when a filter took the error. */
async function call(handler: MessageHandler, ...args: readonly [unknown, unknown?]): Promise<unknown> {
  const result: unknown = await handler(args[0], args[1]);
  return isObservable(result) ? lastValueFrom(result, { defaultValue: undefined }) : result;
}
