import { EVENT_STREAM, type EventContract } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { withTraceparent, type Logger } from '@absah/telemetry';
import type { ConsumerMessages, JetStreamClient, JsMsg } from '@nats-io/jetstream';
import type { DataSource } from 'typeorm';
import { bury } from './dead-letters.js';
import { duringDelivery, type DeliveryContext } from './delivery-context.js';
import { fromHeaders } from './envelope-headers.js';
import { judgeFailure } from './failure.js';
import { Permits } from './permits.js';
import type { SubscriptionOptions } from './subscription-options.js';

export type EventHandler = (payload: unknown, delivery: DeliveryContext) => Promise<void>;

/** Handles the messages of one durable consumer: parse, call, and acknowledge by what came of it. */
export class EventSubscription {
  private messages: ConsumerMessages | undefined;
  private loop: Promise<void> | undefined;
  private readonly permits: Permits;

  constructor(
    private readonly contract: EventContract,
    private readonly durable: string,
    private readonly handler: EventHandler,
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
    private readonly options: SubscriptionOptions,
  ) {
    this.permits = new Permits(options.concurrency);
  }

  async start(jetstream: JetStreamClient): Promise<void> {
    const consumer = await jetstream.consumers.get(EVENT_STREAM, this.durable);
    this.messages = await consumer.consume({ max_messages: this.options.concurrency * 2 });
    this.loop = this.take(this.messages);
  }

  /** Takes no more, and waits until what was taken is acknowledged. */
  async stop(): Promise<void> {
    await this.messages?.close();
    await this.loop;
    await this.permits.allReleased();
  }

  private async take(messages: ConsumerMessages): Promise<void> {
    for await (const message of messages) {
      await this.permits.acquire();
      void this.handle(message).finally(() => this.permits.release());
    }
  }

  private async handle(message: JsMsg): Promise<void> {
    try {
      await this.deliver(message);
      message.ack();
    } catch (error) {
      await this.fail(message, error).catch((cause: unknown) => {
        // Unacknowledged, so it comes back when its time to acknowledge is over.
        this.logger.error('failed message could not be settled', { consumer: this.durable, error: cause });
      });
    }
  }

  private async deliver(message: JsMsg): Promise<void> {
    const delivery = this.contextOf(message);
    if (delivery.deliveryCount > this.options.maxDeliveries) {
      throw new ServiceError('invalid', 'MESSAGING.TOO_MANY_DELIVERIES', 'handler never came to an end');
    }
    const payload = this.contract.payload.safeParse(parseJson(message));
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
  }

  private contextOf(message: JsMsg): DeliveryContext {
    const envelope = fromHeaders(message.headers);
    if (!envelope)
      throw new ServiceError('invalid', 'MESSAGING.ENVELOPE_MISSING', 'message has no id or time');
    return {
      messageId: envelope.messageId,
      subject: message.subject,
      deliveryCount: message.info.deliveryCount,
      consumer: this.durable,
      envelope,
    };
  }

  private async fail(message: JsMsg, error: unknown): Promise<void> {
    const { deliveryCount, streamSequence } = message.info;
    const verdict = judgeFailure(error, deliveryCount, this.options.maxDeliveries);
    if (verdict.kind === 'retry') {
      message.nak(verdict.delayMs);
      this.logger.warn('message will be tried again', {
        consumer: this.durable,
        attempt: deliveryCount,
        error,
      });
      return;
    }
    const envelope = fromHeaders(message.headers);
    await bury(this.dataSource.manager, {
      consumer: this.durable,
      messageId: envelope?.messageId ?? `sequence-${streamSequence}`,
      subject: message.subject,
      payload: message.string(),
      envelope,
      deliveries: deliveryCount,
      code: verdict.code,
      reason: verdict.reason,
    });
    message.term();
    this.logger.error('message buried', {
      consumer: this.durable,
      code: verdict.code,
      attempt: deliveryCount,
      error,
    });
  }
}

function parseJson(message: JsMsg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
