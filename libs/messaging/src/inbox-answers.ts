import { CONSUMES, type PayloadOf, type InboxMissingV1, type ServiceName } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import type { DataSource } from 'typeorm';
import { durableName } from './durable-name.js';
import { missingFromInbox } from './inbox.js';
import type { InboxPruner } from './inbox-pruner.js';

type Question = PayloadOf<InboxMissingV1>;

/** Tells the owners of events what this service did not take, and learns from them what it may forget. */
export class InboxAnswers {
  private readonly consumers: ReadonlyMap<string, string>;

  constructor(
    service: ServiceName,
    private readonly dataSource: DataSource,
    private readonly pruner: InboxPruner,
  ) {
    const heard = CONSUMES[service];
    const events = heard === 'everything' ? [] : heard;
    this.consumers = new Map(events.map((event) => [event.name, durableName(service, event)]));
  }

  async missing({ event, messageIds, settledBefore }: Question): Promise<{ missing: string[] }> {
    const consumer = this.consumers.get(event);
    if (consumer === undefined) {
      throw new ServiceError(
        'invalid',
        'MESSAGING.EVENT_NOT_CONSUMED',
        'this service does not hear that event',
      );
    }
    const missing = await missingFromInbox(this.dataSource.manager, consumer, messageIds);
    this.pruner.consider(consumer, settledBefore);
    return { missing };
  }
}
