import {
  DEAD_LETTER_REPLAYED,
  type DEAD_LETTERS,
  type PayloadOf,
  type ReplayOutcome,
  type ReplyOf,
  type ServiceName,
} from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import type { Logger } from '@absah/telemetry';
import type { DataSource } from 'typeorm';
import { describeFailure } from '../failure.js';
import type { Transaction, UnitOfWork } from '../unit-of-work.js';
import {
  findLetter,
  listLetters,
  noteAnotherFailure,
  removeLetter,
  type StoredLetter,
} from './dead-letter-book.js';
import type { Replayable } from './replayable.js';
import { showPayload } from './show-payload.js';

type Queries = (typeof DEAD_LETTERS)[ServiceName];
type Settled = Exclude<ReplayOutcome, { kind: 'missing' }>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What an operator may do with the dead letters of one service: see them, and have one handled once more. */
export class DeadLetterDesk {
  constructor(
    private readonly service: ServiceName,
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: readonly Replayable[],
    private readonly logger: Logger,
  ) {}

  async list(filter: PayloadOf<Queries['list']>): Promise<ReplyOf<Queries['list']>> {
    return listLetters(this.dataSource.manager, filter);
  }

  async show({ id }: PayloadOf<Queries['show']>): Promise<ReplyOf<Queries['show']>> {
    const letter = await findLetter(this.dataSource.manager, id);
    if (!letter) return { kind: 'missing' };
    const { summary, payload } = letter;
    return { kind: 'found', letter: summary, payload: showPayload(summary.subject, payload) };
  }

  /**
   * The handler's effect commits by itself, and then the letter goes. Dying in between leaves the letter; replayed
   * again, the inbox knows the message, and only the letter goes.
   */
  async replay({ id, requestedBy }: PayloadOf<Queries['replay']>): Promise<ReplayOutcome> {
    const letter = await findLetter(this.dataSource.manager, id);
    if (!letter) return { kind: 'missing' };
    const outcome = await this.handle(letter);
    await this.unitOfWork.run((tx) => this.record(tx, letter, requestedBy, outcome));
    this.logger.info('dead letter replayed', {
      consumer: letter.summary.consumer,
      decision: outcome.kind,
      ...(outcome.kind === 'failed' && { code: outcome.code }),
    });
    return outcome;
  }

  private async handle({ summary, payload, envelope }: StoredLetter): Promise<Settled> {
    try {
      const { messageId, subject, consumer } = summary;
      await this.subscriptionOf(consumer).replay({
        messageId,
        subject,
        payload,
        envelope: readable(envelope),
      });
      return { kind: 'handled' };
    } catch (error) {
      const { code, reason } = describeFailure(error);
      return { kind: 'failed', code, reason };
    }
  }

  private subscriptionOf(consumer: string): Replayable {
    const found = this.subscriptions.find(({ durable }) => durable === consumer);
    if (!found) {
      throw new ServiceError('missing', 'MESSAGING.CONSUMER_GONE', 'no handler of this consumer runs here');
    }
    return found;
  }

  private async record(
    tx: Transaction,
    { summary }: StoredLetter,
    requestedBy: string,
    outcome: Settled,
  ): Promise<void> {
    const { id, consumer, messageId, correlationId } = summary;
    if (outcome.kind === 'handled') await removeLetter(tx.manager, id);
    else await noteAnotherFailure(tx.manager, id, outcome);
    const caseId = correlationId && UUID.test(correlationId) ? correlationId : undefined;
    tx.emit(
      DEAD_LETTER_REPLAYED[this.service],
      {
        letterId: id,
        consumer,
        messageId,
        requestedBy,
        outcome: outcome.kind,
        ...(caseId && { caseId }),
        ...(outcome.kind === 'failed' && { code: outcome.code }),
      },
      caseId ? { correlationId: caseId } : {},
    );
  }
}

function readable<T>(envelope: T | undefined): T {
  if (!envelope) {
    throw new ServiceError('invalid', 'MESSAGING.ENVELOPE_MISSING', 'message has no id or time');
  }
  return envelope;
}
