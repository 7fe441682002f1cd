import type { Logger } from '@absah/telemetry';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { DataSource } from 'typeorm';
import { toHeaders } from './envelope-headers.js';
import { claimUnpublished, markPublished } from './outbox.js';
import type { OutboxMessage } from './outbox-message.js';
import type { CommittedMessages } from './unit-of-work.js';

export interface RelaySettings {
  /** How often rows are looked for that their committing process did not publish. */
  readonly sweepIntervalMs: number;
  /** Younger rows are left to the process that committed them. */
  readonly sweepMinAgeMs: number;
  readonly sweepBatch: number;
  /** Published ids are gathered this long, so that one statement marks many. */
  readonly markDelayMs: number;
}

const DEFAULT_RELAY_SETTINGS: RelaySettings = {
  sweepIntervalMs: 1_000,
  sweepMinAgeMs: 5_000,
  sweepBatch: 256,
  markDelayMs: 1_000,
};

/**
 * Publishes outbox rows. The committing process hands its rows over at once; a sweep takes up
 * what a crash or an absent broker left behind. A row may be published twice (the broker drops
 * the repetition by its id, and so does every inbox) but never not at all.
 */
export class Relay implements CommittedMessages {
  private readonly published: string[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private markTimer: NodeJS.Timeout | undefined;
  private sweepTimer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly jetstream: JetStreamClient,
    private readonly logger: Logger,
    private readonly settings: RelaySettings = DEFAULT_RELAY_SETTINGS,
  ) {}

  start(): void {
    // What an earlier life of this process left is old enough, whatever its age.
    this.sweeping = this.sweep(0).finally(() => this.scheduleSweep());
  }

  publish(messages: readonly OutboxMessage[]): void {
    for (const message of messages) {
      const task: Promise<void> = this.send(message)
        .then(() => this.remember(message.envelope.messageId))
        .catch((error: unknown) => this.logger.warn('event not published yet', { count: 1, error }))
        .finally(() => this.underWay.delete(task));
      this.underWay.add(task);
    }
  }

  /** Waits for what is under way, so that an orderly stop leaves nothing for the sweep. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.sweepTimer);
    await this.sweeping;
    await Promise.all(this.underWay);
    await this.flushMarks();
  }

  private async send(message: OutboxMessage): Promise<void> {
    await this.jetstream.publish(message.subject, message.payload, { headers: toHeaders(message.envelope) });
  }

  private remember(messageId: string): void {
    this.published.push(messageId);
    this.markTimer ??= setTimeout(() => {
      void this.flushMarks().catch((error: unknown) => {
        this.logger.warn('published events not marked yet', { error });
      });
    }, this.settings.markDelayMs);
  }

  private async flushMarks(): Promise<void> {
    clearTimeout(this.markTimer);
    this.markTimer = undefined;
    await markPublished(this.dataSource.manager, this.published.splice(0));
  }

  private scheduleSweep(): void {
    if (this.stopped) return;
    this.sweepTimer = setTimeout(() => {
      this.sweeping = this.sweep(this.settings.sweepMinAgeMs).finally(() => this.scheduleSweep());
    }, this.settings.sweepIntervalMs);
  }

  private async sweep(minAgeMs: number): Promise<void> {
    try {
      while (!this.stopped && (await this.sweepBatch(minAgeMs)) === this.settings.sweepBatch);
    } catch (error) {
      this.logger.warn('outbox sweep failed, will be repeated', { error });
    }
  }

  /** How many left. What one row meets does not keep the others back. */
  private async sweepBatch(minAgeMs: number): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const rows = await claimUnpublished(manager, { minAgeMs, limit: this.settings.sweepBatch });
      const outcomes = await Promise.allSettled(rows.map((row) => this.send(row)));
      const sent = rows.filter((_, index) => outcomes[index]?.status === 'fulfilled');
      await markPublished(
        manager,
        sent.map((row) => row.envelope.messageId),
      );
      const failure = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failure)
        this.logger.warn('events not published yet', {
          count: rows.length - sent.length,
          error: failure.reason,
        });
      return sent.length;
    });
  }
}
