import type { Logger } from '@absah/telemetry';
import type { JetStreamClient } from '@nats-io/jetstream';
import { toHeaders } from './envelope-headers.js';
import type { OutboxMessage } from './outbox-message.js';
import type { CommittedMessages } from './unit-of-work.js';

/**
 * Publishes outbox rows at once, and remembers nothing: whether they arrived is what the reconciler
 * finds out. A row may be published twice (the broker drops the repetition by its id, and so does
 * every inbox) but never not at all.
 */
export class Relay implements CommittedMessages {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly jetstream: JetStreamClient,
    private readonly logger: Logger,
  ) {}

  publish(messages: readonly OutboxMessage[]): void {
    for (const message of messages) {
      const task: Promise<void> = this.send(message)
        .catch((error: unknown) => this.logger.warn('event not published yet', { count: 1, error }))
        .finally(() => this.underWay.delete(task));
      this.underWay.add(task);
    }
  }

  /** How many left. What one message meets does not keep the others back. */
  async publishAgain(messages: readonly OutboxMessage[]): Promise<number> {
    const outcomes = await Promise.allSettled(messages.map((message) => this.send(message)));
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
    const [first] = failures;
    if (first) {
      this.logger.warn('events not published yet', { count: failures.length, error: first.reason });
    }
    return messages.length - failures.length;
  }

  /** Waits for what is under way, so that an orderly stop leaves nothing to be found missing. */
  async stop(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async send(message: OutboxMessage): Promise<void> {
    await this.jetstream.publish(message.subject, message.payload, { headers: toHeaders(message.envelope) });
  }
}
