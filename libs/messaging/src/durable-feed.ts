import type { Logger } from '@absah/telemetry';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Subscription } from '@nats-io/nats-core';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a pull waits at the broker before it is asked anew. */
const PULL_EXPIRES_MS = 30_000;
/** A broker says nothing about a consumer that it forgot; two missed signs of life, and it is made again. */
const HEARTBEAT_MS = 2_500;
const RENEWAL_DELAY_MS = 500;

/**
 * The messages of one durable consumer for as long as the service runs. When the broker no longer
 * has the stream or the consumer (a wiped store, a deletion by hand), `ensure` creates them again.
 *
 * It pulls piece by piece: the client's endless `consume` would send the pulls that it had queued
 * after its subscription ended, and what the broker hands to nobody is late by the time to acknowledge.
 */
export class DurableFeed {
  private consumer: Consumer | undefined;
  private pulled: ConsumerMessages | undefined;
  private readonly closing = new AbortController();

  constructor(
    readonly durable: string,
    private readonly ensure: () => Promise<Consumer>,
    private readonly maxMessages: number,
    private readonly logger: Logger,
  ) {}

  /** What fails here fails the start; later on, only the log tells. */
  async open(): Promise<void> {
    this.consumer = await this.ensure();
  }

  /** Ends after `close`, with the last message that the broker sent. */
  async *messages(): AsyncGenerator<JsMsg, void> {
    while (!this.closing.signal.aborted) {
      try {
        yield* await this.pull();
      } catch (error) {
        this.logger.warn('subscription interrupted, will be renewed', { consumer: this.durable, error });
        this.consumer = undefined;
        await sleep(RENEWAL_DELAY_MS, undefined, { signal: this.closing.signal }).catch(() => undefined);
      }
    }
    await this.forgetPull();
  }

  close(): void {
    this.closing.abort();
    if (this.pulled) drain(this.pulled);
  }

  private async pull(): Promise<ConsumerMessages> {
    this.consumer ??= await this.ensure();
    const pulled = await this.consumer.fetch({
      max_messages: this.maxMessages,
      expires: PULL_EXPIRES_MS,
      idle_heartbeat: HEARTBEAT_MS,
    });
    this.pulled = pulled;
    if (this.closing.signal.aborted) drain(pulled);
    return pulled;
  }

  /**
   * The broker still knows the last pull, and would lose sight of a message that is handed back
   * while it finds nobody behind that pull, until its time to acknowledge is over. To count the
   * pulls for an answer, it first drops those.
   */
  private async forgetPull(): Promise<void> {
    await this.consumer?.info().catch(() => undefined);
  }
}

/**
 * Takes what is on its way, and then ends. The client does this only for a whole connection;
 * its `close` drops what it has not read yet.
 */
function drain(pulled: ConsumerMessages): void {
  const { sub } = pulled as unknown as { readonly sub: Subscription };
  if (!sub.isClosed() && !sub.isDraining()) void sub.drain();
}
