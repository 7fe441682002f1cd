import type { Logger } from '@absah/telemetry';
import type { JsMsg } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { databaseAnswers } from './database-answers.js';
import { bury, letterOf } from './dead-letters/bury.js';
import type { BuriedMessage, Replayable } from './dead-letters/replayable.js';
import type { DurableFeed } from './durable-feed.js';
import type { Envelope } from './envelope.js';
import { fromHeaders } from './envelope-headers.js';
import { judgeFailure } from './failure.js';
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

interface Arrival {
  readonly message: JsMsg;
  readonly event: RecordedEvent;
}

const DATABASE_POLL_MS = 1_000;

/**
 * Hands over what arrives in batches, one at a time and in order, so that one transaction records
 * many events. Nothing is acknowledged before the handler returned. The events of a failed batch
 * are tried one by one, so that a bad one neither holds up the others nor comes for ever.
 */
export class BatchSubscription implements Replayable {
  private loop: Promise<void> | undefined;
  private stopping = false;
  private gathered: JsMsg[] = [];
  private working: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: DurableFeed,
    private readonly handler: BatchHandler,
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
    private readonly options: BatchOptions,
  ) {}

  get durable(): string {
    return this.feed.durable;
  }

  async replay({ payload, ...about }: BuriedMessage): Promise<void> {
    await this.handler([{ ...about, payloadText: Buffer.from(payload).toString('utf8') }]);
  }

  async start(): Promise<void> {
    await this.feed.open();
    this.loop = this.take();
  }

  async stop(): Promise<void> {
    this.stopping = true;
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
    this.working = this.working.then(() => this.record(this.gathered.splice(0))).catch(this.reportUnsettled);
    return this.working;
  }

  /** Unacknowledged, so it comes back when its time to acknowledge is over. */
  private readonly reportUnsettled = (error: unknown): void =>
    this.logger.error('batch not settled', { consumer: this.feed.durable, error });

  private async record(batch: readonly JsMsg[]): Promise<void> {
    const arrivals: Arrival[] = [];
    for (const message of batch) {
      const event = toRecordedEvent(message);
      if (event) arrivals.push({ message, event });
      else this.discard(message);
    }
    if (arrivals.length > 0) await this.settle(arrivals);
  }

  private async settle(arrivals: readonly Arrival[]): Promise<void> {
    try {
      await this.handler(arrivals.map(({ event }) => event));
    } catch (error) {
      return this.fail(arrivals, error);
    }
    for (const { message } of arrivals) message.ack();
  }

  private async fail(arrivals: readonly Arrival[], error: unknown): Promise<void> {
    if (!(await databaseAnswers(this.dataSource))) return this.settleAgainWithDatabase(arrivals);
    const [only, ...others] = arrivals;
    if (only && others.length === 0) return this.failAlone(only.message, error);
    const told = { consumer: this.feed.durable, count: arrivals.length, error };
    this.logger.warn('batch not recorded, its events are tried one by one', told);
    for (const arrival of arrivals) await this.settle([arrival]).catch(this.reportUnsettled);
  }

  private async failAlone(message: JsMsg, error: unknown): Promise<void> {
    const { deliveryCount } = message.info;
    const verdict = judgeFailure(error, deliveryCount, this.options.maxDeliveries);
    const told = { consumer: this.feed.durable, attempt: deliveryCount, error };
    if (verdict.kind === 'retry') {
      message.nak(verdict.delayMs);
      this.logger.warn('event not recorded, will be tried again', told);
      return;
    }
    await bury(this.dataSource.manager, letterOf(message, this.feed.durable, verdict));
    message.term();
    this.logger.error('event buried', { ...told, code: verdict.code });
  }

  /** Without its database the handler cannot succeed, so the batch waits here and loses no try. */
  private async settleAgainWithDatabase(arrivals: readonly Arrival[]): Promise<void> {
    this.logger.warn('batch waits for the database', { consumer: this.feed.durable, count: arrivals.length });
    while (!this.stopping) {
      for (const { message } of arrivals) message.working();
      await sleep(DATABASE_POLL_MS);
      if (await databaseAnswers(this.dataSource)) return this.settle(arrivals);
    }
    for (const { message } of arrivals) message.nak();
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
