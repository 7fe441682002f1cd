import type { EventContract } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { withTraceparent, type Logger } from '@absah/telemetry';
import type { JsMsg } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { databaseAnswers } from './database-answers.js';
import { bury, letterOf } from './dead-letters/bury.js';
import type { BuriedMessage, Replayable } from './dead-letters/replayable.js';
import { duringDelivery, isTaken, type DeliveryContext } from './delivery-context.js';
import type { DurableFeed } from './durable-feed.js';
import { fromHeaders } from './envelope-headers.js';
import { judgeFailure, TRIES_OF_OTHERS } from './failure.js';
import { takeOnce, wasTaken } from './inbox.js';
import { Permits } from './permits.js';
import type { SubscriptionOptions } from './subscription-options.js';

export type EventHandler = (payload: unknown, delivery: DeliveryContext) => Promise<void>;

const DATABASE_POLL_MS = 1_000;
/** An event leaves within moments; one that left so long after it happened was probably published again. */
const PUBLISHED_LATE_MS = 3_000;
/** One that lay in the stream so long was probably delivered before, to a consumer that the broker forgot. */
const DELIVERED_LATE_MS = 30_000;
const NANOS_PER_MS = 1_000_000;

/** Handles the messages of one durable consumer: parse, call, and acknowledge by what came of it. */
export class EventSubscription implements Replayable {
  private loop: Promise<void> | undefined;
  private stopping = false;
  private readonly notBegun: JsMsg[] = [];
  private readonly permits: Permits;

  constructor(
    private readonly contract: EventContract,
    private readonly feed: DurableFeed,
    private readonly handler: EventHandler,
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
    private readonly options: SubscriptionOptions,
  ) {
    this.permits = new Permits(options.concurrency);
  }

  get durable(): string {
    return this.feed.durable;
  }

  async replay({ payload, ...about }: BuriedMessage): Promise<void> {
    await this.call(Buffer.from(payload).toString('utf8'), {
      ...about,
      deliveryCount: 1,
      consumer: this.durable,
    });
  }

  async start(): Promise<void> {
    await this.feed.open();
    this.loop = this.take();
  }

  /** Takes no more, finishes what it began, and hands back what only waited. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.feed.close();
    await this.loop;
    this.handBack();
    await this.permits.allReleased();
    this.handBack();
  }

  private handBack(): void {
    for (const message of this.notBegun.splice(0)) message.nak();
  }

  private async take(): Promise<void> {
    for await (const message of this.feed.messages()) {
      await this.permits.acquire();
      void this.handle(message)
        // Unacknowledged, so it comes back when its time to acknowledge is over.
        .catch((error: unknown) =>
          this.logger.error('message not settled', { consumer: this.feed.durable, error }),
        )
        .finally(() => this.permits.release());
    }
  }

  private async handle(message: JsMsg): Promise<void> {
    if (this.stopping) {
      this.notBegun.push(message);
      return;
    }
    try {
      await this.deliver(message);
    } catch (error) {
      return this.fail(message, error);
    }
    message.ack();
  }

  private async deliver(message: JsMsg): Promise<void> {
    const delivery = this.contextOf(message);
    if (delivery.deliveryCount > this.options.maxDeliveries * TRIES_OF_OTHERS) {
      throw new ServiceError('invalid', 'MESSAGING.TOO_MANY_DELIVERIES', 'handler never came to an end');
    }
    if (maybeRepeated(message, delivery) && (await wasTaken(this.dataSource.manager, delivery))) return;
    await this.call(message.string(), delivery);
  }

  private async call(text: string, delivery: DeliveryContext): Promise<void> {
    const payload = this.contract.payload.safeParse(parseJson(text));
    if (!payload.success) {
      const paths = payload.error.issues.map((issue) => issue.path.join('.') || '(root)').join(', ');
      throw new ServiceError(
        'invalid',
        'MESSAGING.PAYLOAD_INVALID',
        `payload breaks ${this.contract.name} at ${paths}`,
      );
    }
    await withTraceparent(delivery.envelope.traceparent, () =>
      duringDelivery(delivery, () => this.handler(payload.data, delivery)),
    );
    // A handler that had nothing to write has dealt with the message all the same.
    if (!isTaken(delivery)) await takeOnce(this.dataSource.manager, delivery);
  }

  private contextOf(message: JsMsg): DeliveryContext {
    const envelope = fromHeaders(message.headers);
    if (!envelope)
      throw new ServiceError('invalid', 'MESSAGING.ENVELOPE_MISSING', 'message has no id or time');
    return {
      messageId: envelope.messageId,
      subject: message.subject,
      deliveryCount: message.info.deliveryCount,
      consumer: this.feed.durable,
      envelope,
    };
  }

  private async fail(message: JsMsg, error: unknown): Promise<void> {
    if (!(await databaseAnswers(this.dataSource))) return this.handleAgainWithDatabase(message);
    const { deliveryCount } = message.info;
    const verdict = judgeFailure(error, deliveryCount, this.options.maxDeliveries);
    const told = { consumer: this.feed.durable, attempt: deliveryCount, error };
    if (verdict.kind === 'retry') {
      message.nak(verdict.delayMs);
      this.logger.warn('message will be tried again', told);
      return;
    }
    await bury(this.dataSource.manager, letterOf(message, this.feed.durable, verdict));
    message.term();
    this.logger.error('message buried', { ...told, code: verdict.code });
  }

  /** Without its database no handler can succeed, so the message waits here and loses no try. */
  private async handleAgainWithDatabase(message: JsMsg): Promise<void> {
    this.logger.warn('message waits for the database', { consumer: this.feed.durable });
    do {
      message.working();
      await sleep(DATABASE_POLL_MS);
    } while (!this.stopping && !(await databaseAnswers(this.dataSource)));
    return this.handle(message);
  }
}

/**
 * Then the inbox is asked first. Handlers ask it last, in the transaction of their effect, when the
 * engine has worked and the registry has counted an access; asking it twice each time would cost more.
 */
function maybeRepeated(message: JsMsg, { envelope }: DeliveryContext): boolean {
  const publishedAt = message.info.timestampNanos / NANOS_PER_MS;
  return (
    publishedAt - Date.parse(envelope.occurredAt) > PUBLISHED_LATE_MS ||
    Date.now() - publishedAt > DELIVERED_LATE_MS
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
