import type { QueryContract } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { withTraceparent, type Logger } from '@absah/telemetry';
import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core';
import { HEADER } from './envelope.js';
import { toWireError } from './query-wire.js';

export type QueryHandler = (request: unknown) => Promise<unknown>;

/** Answers one query; replicas share the questions through a queue group. */
export class QueryResponder {
  private subscription: Subscription | undefined;
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly connection: NatsConnection,
    private readonly contract: QueryContract,
    private readonly handler: QueryHandler,
    private readonly logger: Logger,
  ) {}

  /** Resolves when the broker knows of it: from then on, who asks is heard. */
  async start(): Promise<void> {
    this.subscription = this.connection.subscribe(this.contract.subject, {
      queue: this.contract.owner,
      callback: (error, message) => {
        if (error) {
          this.logger.error('query subscription failed', { error });
          return;
        }
        const task: Promise<void> = this.answer(message).finally(() => this.underWay.delete(task));
        this.underWay.add(task);
      },
    });
    await this.connection.flush();
  }

  async stop(): Promise<void> {
    await this.subscription?.drain();
    await Promise.all(this.underWay);
  }

  private async answer(message: Msg): Promise<void> {
    try {
      const request = this.contract.payload.safeParse(message.json());
      if (!request.success) {
        throw new ServiceError('invalid', 'MESSAGING.QUERY_INVALID', `request breaks ${this.contract.name}`);
      }
      const traceparent = message.headers?.get(HEADER.traceparent);
      const reply = await withTraceparent(traceparent, () => this.handler(request.data));
      message.respond(JSON.stringify(this.contract.reply.parse(reply)));
    } catch (error) {
      this.logger.error('query not answered', { error });
      this.refuse(message, error);
    }
  }

  /** The client throws for what it cannot send, such as too long a text; who asked learns it from its own deadline. */
  private refuse(message: Msg, reason: unknown): void {
    try {
      message.respond(JSON.stringify(toWireError(reason)));
    } catch (error) {
      this.logger.warn('refusal not sent', { error });
    }
  }
}
