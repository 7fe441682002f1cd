import type { Logger } from '@absah/telemetry';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { toHeaders } from './envelope-headers.js';
import type { OutboxMessage } from './outbox-message.js';
import type { CommittedMessages } from './unit-of-work.js';

/**
 * Publishes outbox rows at once, and remembers nothing: whether they arrived is what the reconciler
 * finds out. A row may be published twice (the broker drops the repetition by its id, and so does
 * every inbox) but never not at all.
 */
export class Relay implements CommittedMessages {
  constructor(
    private readonly connection: Pick<NatsConnection, 'publish'>,
    private readonly jetstream: Pick<JetStreamClient, 'publish'>,
    private readonly logger: Logger,
  ) {}

  /**
   * Asks for no acknowledgement, which nobody would act upon: the consumers are asked all the same.
   * Each would be one more message, and a request with its timer.
   */
  publish(messages: readonly OutboxMessage[]): void {
    for (const { subject, payload, envelope } of messages) {
      try {
        this.connection.publish(subject, payload, { headers: toHeaders(envelope) });
      } catch (error) {
        this.logger.warn('event not published yet', { count: 1, error });
      }
    }
  }

  /** How many arrived. What one message meets does not keep the others back. */
  async publishAgain(messages: readonly OutboxMessage[]): Promise<number> {
    const outcomes = await Promise.allSettled(
      messages.map(({ subject, payload, envelope }) =>
        this.jetstream.publish(subject, payload, { headers: toHeaders(envelope) }),
      ),
    );
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
    const [first] = failures;
    if (first) {
      this.logger.warn('events not published yet', { count: failures.length, error: first.reason });
    }
    return messages.length - failures.length;
  }
}
