import { consumersOf, INBOX_MISSING, type EventContract, type ServiceName } from '@absah/contracts';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';

/** The consumers of an event, as far as its owner sees them: they answer what they lack, or nothing. */
export class AnsweringConsumers {
  /** Of each consumer: what it took so far. */
  readonly taken = new Map<ServiceName, Set<string>>();
  /** How often each was asked about anything. */
  readonly asked = new Map<ServiceName, number>();
  /** How long an answer takes. */
  delayMs = 0;
  private readonly subscriptions = new Map<ServiceName, Subscription>();

  constructor(
    private readonly connection: NatsConnection,
    readonly event: EventContract,
  ) {
    for (const consumer of consumersOf(event)) this.answer(consumer);
  }

  take(messageIds: readonly string[], consumers = consumersOf(this.event)): void {
    for (const consumer of consumers) for (const id of messageIds) this.taken.get(consumer)?.add(id);
  }

  async silence(consumer: ServiceName): Promise<void> {
    this.subscriptions.get(consumer)?.unsubscribe();
    await this.connection.flush();
  }

  private answer(consumer: ServiceName): void {
    const taken = new Set<string>();
    this.taken.set(consumer, taken);
    const subject = INBOX_MISSING[consumer]?.subject ?? '';
    const subscription = this.connection.subscribe(subject, {
      callback: (_error, message) => {
        this.asked.set(consumer, (this.asked.get(consumer) ?? 0) + 1);
        const { messageIds } = message.json<{ messageIds: string[] }>();
        const reply = JSON.stringify({ missing: messageIds.filter((id) => !taken.has(id)) });
        setTimeout(() => message.respond(reply), this.delayMs);
      },
    });
    this.subscriptions.set(consumer, subscription);
  }
}
