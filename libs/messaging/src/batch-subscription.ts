import type { Logger } from '@absah/telemetry';
import type { JsMsg } from '@nats-io/jetstream';
import type { DurableFeed } from './durable-feed.js';
import type { Envelope } from './envelope.js';
import { fromHeaders } from './envelope-headers.js';
import type { BatchOptions } from './subscription-options.js';

/** An event as it arrived, for a consumer that records rather than interprets. */
export interface RecordedEvent {
  readonly messageId: string;
  readonly subject: string;
  /** The JSON text as published. */
  readonly payloadText: string;
  readonly envelope: Envelope;
}

export type BatchHandler = (batch: readonly RecordedEvent[]) => Promise<void>;

const RETRY_DELAY_MS = 500;

/**
 * Hands over what arrives in batches, one at a time and in order, so that one transaction records
 * many events. Nothing is acknowledged before the handler returned; a failed batch comes again whole.
 */
export class BatchSubscription {
  private loop: Promise<void> | undefined;
  private gathered: JsMsg[] = [];
  private working: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: DurableFeed,
    private readonly handler: BatchHandler,
    private readonly logger: Logger,
    private readonly options: BatchOptions,
  ) {}

  async start(): Promise<void> {
    await this.feed.open();
    this.loop = this.take();
  }

  async stop(): Promise<void> {
    this.feed.close();
    await this.loop;
    await this.flush();
  }

  private async take(): Promise<void> {
    for await (const message of this.feed.messages()) {
      this.gathered.push(message);
      if (this.gathered.length >= this.options.maxBatch) await this.flush();
      else this.timer ??= setTimeout(() => void this.flush(), this.options.maxWaitMs);
    }
  }

  private flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.working = this.working
      .then(() => this.record(this.gathered.splice(0)))
      // Unacknowledged, so the batch comes back when its time to acknowledge is over.
      .catch((error: unknown) =>
        this.logger.error('batch not settled', { consumer: this.feed.durable, error }),
      );
    return this.working;
  }

  private async record(batch: readonly JsMsg[]): Promise<void> {
    if (batch.length === 0) return;
    const events = batch.map(toRecordedEvent);
    try {
      await this.handler(events.filter((event) => event !== undefined));
    } catch (error) {
      const told = { consumer: this.feed.durable, count: batch.length, error };
      this.logger.error('batch not recorded, will be tried again', told);
      for (const message of batch) message.nak(RETRY_DELAY_MS);
      return;
    }
    for (const [index, message] of batch.entries()) {
      if (events[index]) message.ack();
      else this.discard(message);
    }
  }

  private discard(message: JsMsg): void {
    this.logger.error('event without an envelope was not recorded', { consumer: this.feed.durable });
    message.term();
  }
}

function toRecordedEvent(message: JsMsg): RecordedEvent | undefined {
  const envelope = fromHeaders(message.headers);
  return (
    envelope && {
      messageId: envelope.messageId,
      subject: message.subject,
      payloadText: message.string(),
      envelope,
    }
  );
}
