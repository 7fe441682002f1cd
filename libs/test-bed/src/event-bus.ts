import { setTimeout as sleep } from 'node:timers/promises';
import {
  EVENT_STREAM,
  EVENTS,
  type EventContract,
  type PayloadOf,
  type QueryContract,
  type ReplyOf,
  type ServiceName,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { HEADER, QueryClient } from '@absah/messaging';
import { waitFor } from '@absah/testing';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { headers, nanos, type Msg, type NatsConnection } from '@nats-io/nats-core';

export interface HeardEvent {
  readonly messageId: string;
  readonly subject: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly payload: { readonly caseId: string } & Readonly<Record<string, unknown>>;
}

/** A message as it goes into the stream, whether or not it keeps a contract. */
export interface SentEvent {
  readonly messageId: string;
  readonly subject: string;
  readonly payload: string;
  readonly correlationId?: string;
  readonly occurredAt?: string;
  readonly timeline?: string;
}

/** What an event carries beside its payload. */
interface Telling {
  readonly messageId: string;
  readonly timeline: string;
  /** Now, unless it waited somewhere. */
  readonly occurredAt: Date;
}

const DUPLICATE_WINDOW_MS = 2 * 60_000;
const SHORT_WINDOW_MS = 100;

/** The bus as the other services use it: it says what they would say, and hears what the one under test announces. */
export class EventBus {
  private readonly heard = new Map<string, HeardEvent>();

  private constructor(
    readonly connection: NatsConnection,
    readonly manager: JetStreamManager,
  ) {}

  static async join(connection: NatsConnection, service: ServiceName): Promise<EventBus> {
    const bus = new EventBus(connection, await jetstreamManager(connection));
    for (const { owner, subject } of EVENTS) {
      if (owner === service)
        connection.subscribe(subject, { callback: (_error, message) => bus.hear(message) });
    }
    return bus;
  }

  async publish<C extends EventContract>(
    contract: C,
    payload: PayloadOf<C>,
    { messageId = uuidV7(), timeline = '', occurredAt = new Date() }: Partial<Telling> = {},
  ): Promise<void> {
    const correlationId = (payload as HeardEvent['payload']).caseId;
    const { subject } = contract;
    const told = { messageId, timeline, occurredAt: occurredAt.toISOString() };
    await this.send({ subject, payload: JSON.stringify(payload), correlationId, ...told });
  }

  async send(event: SentEvent): Promise<void> {
    const envelope = headers();
    envelope.set(HEADER.messageId, event.messageId);
    envelope.set(HEADER.occurredAt, event.occurredAt ?? new Date().toISOString());
    if (event.correlationId) envelope.set(HEADER.correlationId, event.correlationId);
    if (event.timeline) envelope.set(HEADER.timeline, event.timeline);
    await this.manager.jetstream().publish(event.subject, event.payload, { headers: envelope });
  }

  /** The same message several times in the stream, which the broker's duplicate window would else prevent. */
  async publishRepeatedly<C extends EventContract>(
    contract: C,
    payload: PayloadOf<C>,
    { copies, messageId = uuidV7() }: { readonly copies: number; readonly messageId?: string },
  ): Promise<void> {
    await this.setDuplicateWindow(SHORT_WINDOW_MS);
    for (let copy = 0; copy < copies; copy += 1) {
      await this.publish(contract, payload, { messageId });
      await sleep(SHORT_WINDOW_MS * 2);
    }
    await this.setDuplicateWindow(DUPLICATE_WINDOW_MS);
  }

  ask<Q extends QueryContract>(contract: Q, request: PayloadOf<Q>): Promise<ReplyOf<Q>> {
    return new QueryClient(this.connection).ask(contract, request);
  }

  /** What was announced so far, of one case or of all; each payload keeps its contract, or this throws. */
  payloadsOf<C extends EventContract>(contract: C, caseId?: string): PayloadOf<C>[] {
    return this.eventsOf(contract, caseId).map(
      ({ payload }) => contract.payload.parse(payload) as PayloadOf<C>,
    );
  }

  eventsOf({ subject }: EventContract, caseId?: string): HeardEvent[] {
    const events = caseId === undefined ? [...this.heard.values()] : this.eventsOfCase(caseId);
    return events.filter((event) => event.subject === subject);
  }

  /** The subjects of everything that was announced about a case, in the order of arrival. */
  subjectsOf(caseId: string): string[] {
    return this.eventsOfCase(caseId).map(({ subject }) => subject);
  }

  hasHeard(messageId: string): boolean {
    return this.heard.has(messageId);
  }

  /** Waits for the first announcement about a case. */
  async hears<C extends EventContract>(contract: C, caseId: string): Promise<PayloadOf<C>> {
    const first = () => this.payloadsOf(contract, caseId).at(0) as object | undefined;
    return (await waitFor(first, {
      description: `${contract.name} of the case`,
      timeoutMs: 15_000,
    })) as PayloadOf<C>;
  }

  /** Every message that is in the stream was handled by everyone who consumes it. */
  async settled(): Promise<void> {
    await waitFor(async () => (await this.openDeliveries()) === 0, {
      description: 'every message to be settled',
      timeoutMs: 20_000,
    });
  }

  private async openDeliveries(): Promise<number> {
    let open = 0;
    for await (const { num_pending, num_ack_pending } of this.manager.consumers.list(EVENT_STREAM)) {
      open += num_pending + num_ack_pending;
    }
    return open;
  }

  private eventsOfCase(caseId: string): HeardEvent[] {
    return [...this.heard.values()].filter(({ payload }) => payload.caseId === caseId);
  }

  private hear(message: Msg): void {
    const header = (name: string) => message.headers?.get(name) ?? '';
    const messageId = header(HEADER.messageId);
    // A relay may publish a row twice; every inbox, and so this listener, knows it by its id.
    if (this.heard.has(messageId)) return;
    const payload = payloadOf(message);
    if (!payload) return;
    this.heard.set(messageId, {
      messageId,
      subject: message.subject,
      correlationId: header(HEADER.correlationId),
      causationId: header(HEADER.causationId),
      payload,
    });
  }

  private async setDuplicateWindow(milliseconds: number): Promise<void> {
    await this.manager.streams.update(EVENT_STREAM, { duplicate_window: nanos(milliseconds) });
  }
}

/** Undefined for what a test sent to be unreadable: an error here would end the reading of every message. */
function payloadOf(message: Msg): HeardEvent['payload'] | undefined {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
