import type { EventContract, PayloadOf } from '@absah/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { noteTaken, type DeliveryContext } from './delivery-context.js';
import { takeOnce } from './inbox.js';
import { storeInOutbox } from './outbox.js';
import { makeOutboxMessage, type OutboxMessage } from './outbox-message.js';
import { DEFAULT_MESSAGING_SETTINGS } from './messaging-settings.js';

/** A database transaction that can also say what happened. */
export interface Transaction {
  readonly manager: EntityManager;
  /** The event is stored with the state and published after the commit, or neither. */
  emit<C extends EventContract>(
    contract: C,
    payload: PayloadOf<C>,
    options?: { readonly correlationId?: string },
  ): void;
}

/** Takes what was just committed; a failure here is no loss, since the reconciler finds the rows. */
export interface CommittedMessages {
  publish(messages: readonly OutboxMessage[]): void;
}

/** State and the events about it commit together (outbox); a delivery has its effect once (inbox). */
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly committed: CommittedMessages,
    private readonly graceMs: number = DEFAULT_MESSAGING_SETTINGS.reconcileAfterMs,
  ) {}

  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const messages: OutboxMessage[] = [];
    const result = await this.dataSource.transaction(async (manager) => {
      const value = await work({
        manager,
        emit: (contract, payload, options) => {
          messages.push(makeOutboxMessage(contract, payload, options));
        },
      });
      await storeInOutbox(manager, messages, this.graceMs);
      return value;
    });
    this.committed.publish(messages);
    return result;
  }

  /** Runs `work` unless this consumer has taken this message before. */
  async once(
    delivery: DeliveryContext,
    work: (tx: Transaction) => Promise<void>,
  ): Promise<'done' | 'duplicate'> {
    const outcome = await this.run(async (tx) => {
      if (!(await takeOnce(tx.manager, delivery))) return 'duplicate';
      await work(tx);
      return 'done';
    });
    noteTaken(delivery);
    return outcome;
  }
}
