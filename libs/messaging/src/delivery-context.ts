import { AsyncLocalStorage } from 'node:async_hooks';
import type { Envelope } from './envelope.js';

/** One arrival of one message at one consumer; the second argument of every handler (`@Ctx()`). */
export interface DeliveryContext {
  readonly messageId: string;
  readonly subject: string;
  /** 1 at the first try. */
  readonly deliveryCount: number;
  /** The durable consumer's name: together with the message id it makes an effect happen once. */
  readonly consumer: string;
  readonly envelope: Envelope;
}

/** Milliseconds since the fact was recorded: through queue and back-off, and whatever was restarted meanwhile. */
export function ageOf({ envelope }: Pick<DeliveryContext, 'envelope'>, now: Date): number {
  return now.getTime() - Date.parse(envelope.occurredAt);
}

const current = new AsyncLocalStorage<DeliveryContext>();

/** What is emitted inside `work` inherits correlation, causation and timeline from the delivery. */
export function duringDelivery<T>(delivery: DeliveryContext, work: () => T): T {
  return current.run(delivery, work);
}

export function currentDelivery(): DeliveryContext | undefined {
  return current.getStore();
}

const taken = new WeakSet<DeliveryContext>();

/** The inbox holds it: committed by this delivery or by an earlier one. */
export function noteTaken(delivery: DeliveryContext): void {
  taken.add(delivery);
}

export function isTaken(delivery: DeliveryContext): boolean {
  return taken.has(delivery);
}
