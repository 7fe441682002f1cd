import {
  CONSUMES,
  DEAD_LETTERS,
  EVENT_STREAM,
  INBOX_MISSING,
  type PayloadOf,
  type QueryContract,
  type ServiceName,
} from '@absah/contracts';
import type { Logger } from '@absah/telemetry';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { DataSource } from 'typeorm';
import { BatchSubscription } from './batch-subscription.js';
import { DeadLetterDesk } from './dead-letters/dead-letter-desk.js';
import type { Replayable } from './dead-letters/replayable.js';
import type { HandlerExtras } from './decorators.js';
import { DurableFeed } from './durable-feed.js';
import { durableName, everythingDurableName } from './durable-name.js';
import { ensureConsumer, type ConsumerSettings } from './ensure-consumer.js';
import { ensureEventStream } from './event-stream.js';
import { EventSubscription } from './event-subscription.js';
import { InboxAnswers } from './inbox-answers.js';
import { notBuried } from './inbox.js';
import { InboxPruner, PRUNING } from './inbox-pruner.js';
import { DEFAULT_MESSAGING_SETTINGS, type MessagingSettings } from './messaging-settings.js';
import { QueryResponder } from './query-responder.js';
import type { UnitOfWork } from './unit-of-work.js';

interface Subscription {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What a batch may wait for its one transaction before the broker gives it to another replica. */
const BATCH_ACK_WAIT_MS = 30_000;
const PENDING_PER_CONSUMER = 1_024;

/** Nest transport over JetStream: one durable consumer per handled event, plain request/reply for queries. */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  /** Failures reach the subscription, which decides between retry and dead letter. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly running: Subscription[] = [];
  private readonly pruner: InboxPruner;

  constructor(
    private readonly service: ServiceName,
    private readonly connection: NatsConnection,
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly log: Logger,
    settings: MessagingSettings = DEFAULT_MESSAGING_SETTINGS,
  ) {
    super();
    this.pruner = new InboxPruner(dataSource, log, { ...PRUNING, retentionMs: settings.inboxRetentionMs });
  }

  listen(callback: (error?: unknown) => void): void {
    this.subscribeAll().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await Promise.all(this.running.splice(0).map((subscription) => subscription.stop()));
    await this.pruner.stop();
  }

  on(): never {
    throw new Error('the connection has its own status events');
  }

  unwrap<T>(): T {
    return this.connection as T;
  }

  private async subscribeAll(): Promise<void> {
    this.refuseUndeclaredHandlers();
    for (const handler of this.messageHandlers.values()) await this.run(this.subscriptionOf(handler));
    for (const responder of [...this.deadLetterResponders(), ...this.inboxResponders()]) {
      await this.run(responder);
    }
  }

  private async run(subscription: Subscription): Promise<void> {
    await subscription.start();
    this.running.push(subscription);
  }

  /** Every service answers for its dead letters, so no handler of its own has to say so. */
  private deadLetterResponders(): readonly QueryResponder[] {
    const letters = this.running.filter(isReplayable);
    const desk = new DeadLetterDesk(this.service, this.dataSource, this.unitOfWork, letters, this.log);
    const { list, show, replay } = DEAD_LETTERS[this.service];
    return [
      this.responder(list, (request) => desk.list(request)),
      this.responder(show, (request) => desk.show(request)),
      this.responder(replay, (request) => desk.replay(request)),
    ];
  }

  private responder<Q extends QueryContract>(
    contract: Q,
    answer: (request: PayloadOf<Q>) => Promise<unknown>,
  ): QueryResponder {
    return new QueryResponder(
      this.connection,
      contract,
      (request) => answer(request as PayloadOf<Q>),
      this.log,
    );
  }

  /** What a consumer of everything took is told by a handler of its own. */
  private inboxResponders(): readonly QueryResponder[] {
    const contract = INBOX_MISSING[this.service];
    if (!contract || CONSUMES[this.service] === 'everything') return [];
    const answers = new InboxAnswers(this.service, this.dataSource, this.pruner);
    return [this.responder(contract, (question) => answers.missing(question))];
  }

  private unrecordedResponder(handler: MessageHandler): QueryResponder {
    const contract = INBOX_MISSING[this.service];
    if (!contract) throw new Error(`${this.service} hears nothing that it could lack`);
    return this.responder(contract, async ({ messageIds }) => {
      const unrecorded = (await call(handler, messageIds)) as readonly string[];
      const durable = everythingDurableName(this.service);
      return { missing: await notBuried(this.dataSource.manager, durable, unrecorded) };
    });
  }

  private subscriptionOf(handler: MessageHandler): Subscription {
    const extras = handler.extras as HandlerExtras;
    if (extras.kind === 'unrecorded') return this.unrecordedResponder(handler);
    if (extras.kind === 'query') {
      return this.responder(extras.contract, (request) => call(handler, request));
    }
    if (extras.kind === 'everything') {
      const durable = everythingDurableName(this.service);
      const feed = this.feed({ durable, ackWaitMs: BATCH_ACK_WAIT_MS }, extras.options.maxBatch * 2);
      return new BatchSubscription(
        feed,
        async (batch) => void (await call(handler, batch)),
        this.dataSource,
        this.log,
        extras.options,
      );
    }
    const { contract, options } = extras;
    const durable = durableName(this.service, contract);
    const consumer = { durable, filterSubject: contract.subject, ackWaitMs: options.ackWaitMs };
    return new EventSubscription(
      contract,
      this.feed(consumer, options.concurrency * 2),
      async (payload, delivery) => void (await call(handler, payload, delivery)),
      this.dataSource,
      this.log,
      options,
    );
  }

  private feed(consumer: Omit<ConsumerSettings, 'maxAckPending'>, maxMessages: number): DurableFeed {
    const ensure = async () => {
      const manager = await jetstreamManager(this.connection, { checkAPI: false });
      await ensureEventStream(manager);
      await ensureConsumer(manager, { ...consumer, maxAckPending: PENDING_PER_CONSUMER });
      return jetstream(this.connection).consumers.get(EVENT_STREAM, consumer.durable);
    };
    return new DurableFeed(consumer.durable, ensure, maxMessages, this.log);
  }

  /** The broker would refuse them too, but only with a permission violation at run time. */
  private refuseUndeclaredHandlers(): void {
    const declared = CONSUMES[this.service];
    for (const { extras } of this.messageHandlers.values()) {
      const wanted = extras as HandlerExtras;
      const allowed =
        wanted.kind === 'query'
          ? wanted.contract.owner === this.service
          : wanted.kind === 'everything' || wanted.kind === 'unrecorded'
            ? declared === 'everything'
            : declared !== 'everything' && declared.includes(wanted.contract);
      if (!allowed) throw new Error(`${this.service} handles what the contracts' topology does not give it`);
    }
  }
}

function isReplayable(subscription: Subscription): subscription is Subscription & Replayable {
  return 'replay' in subscription;
}

/** Nest hands back a promise, or an observable when a filter took the error. */
async function call(handler: MessageHandler, ...args: readonly [unknown, unknown?]): Promise<unknown> {
  const result: unknown = await handler(args[0], args[1]);
  return isObservable(result) ? lastValueFrom(result, { defaultValue: undefined }) : result;
}
