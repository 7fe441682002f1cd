import {
  DEAD_LETTERS,
  SERVICE_NAMES,
  type DeadLetterSummary,
  type ReplayOutcome,
  type ServiceName,
  type ShownPayload,
} from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import type { QueryClient } from '@absah/messaging';

export type Letter = DeadLetterSummary & { readonly service: ServiceName };

export interface Listing {
  readonly letters: readonly Letter[];
  readonly total: number;
  /** Services that did not answer: their letters are not in the list. */
  readonly silent: readonly ServiceName[];
}

interface LetterFilter {
  readonly code?: string | undefined;
  /** The last one that is known already. */
  readonly after?: string | undefined;
}

interface Page {
  readonly letters: readonly Letter[];
  readonly total: number;
}

const MOST_LISTED = 500;
/** A handler may compute a template or ask the registry. */
const REPLAY_TIMEOUT_MS = 60_000;

/** The dead letters of all services, each of which answers for its own. */
export class DeadLettersDesk {
  constructor(private readonly queries: Pick<QueryClient, 'ask'>) {}

  async list(services: readonly ServiceName[] = SERVICE_NAMES): Promise<Listing> {
    const answers = await Promise.allSettled(services.map((service) => this.listOf(service)));
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    return {
      letters: found.flatMap(({ letters }) => letters),
      total: found.reduce((sum, { total }) => sum + total, 0),
      silent: services.filter((_, index) => answers[index]?.status === 'rejected'),
    };
  }

  /** All of one service, however many: each is given once, also when replaying it fails and it stays. */
  async *each(service: ServiceName, code?: string): AsyncGenerator<Letter> {
    let after: string | undefined;
    do {
      const { letters } = await this.listOf(service, { code, after });
      yield* letters;
      after = letters.at(-1)?.id;
    } while (after !== undefined);
  }

  async show(id: string): Promise<{ letter: Letter; payload: ShownPayload }> {
    const { letter: found, service } = await this.locate(id);
    const reply = await this.queries.ask(DEAD_LETTERS[service].show, { id });
    if (reply.kind === 'missing') throw letterMissing();
    return { letter: { ...found, ...reply.letter }, payload: reply.payload };
  }

  async replay(id: string, requestedBy: string): Promise<ReplayOutcome> {
    const { service } = await this.locate(id);
    return this.replayOf(service, id, requestedBy);
  }

  async replayOf(service: ServiceName, id: string, requestedBy: string): Promise<ReplayOutcome> {
    const { replay } = DEAD_LETTERS[service];
    return this.queries.ask(replay, { id, requestedBy }, { timeoutMs: REPLAY_TIMEOUT_MS });
  }

  private async listOf(service: ServiceName, filter: LetterFilter = {}): Promise<Page> {
    const { letters, total } = await this.queries.ask(DEAD_LETTERS[service].list, {
      limit: MOST_LISTED,
      ...filter,
    });
    return { letters: letters.map((letter) => ({ service, ...letter })), total };
  }

  /** An id says nothing about whose it is, so every service is asked. */
  private async locate(id: string): Promise<{ letter: Letter; service: ServiceName }> {
    const answers = await Promise.allSettled(
      SERVICE_NAMES.map(async (service) => {
        const reply = await this.queries.ask(DEAD_LETTERS[service].show, { id });
        return reply.kind === 'found' ? { letter: { service, ...reply.letter }, service } : undefined;
      }),
    );
    const found = answers.find((answer) => answer.status === 'fulfilled' && answer.value);
    if (found?.status === 'fulfilled' && found.value) return found.value;
    const failed = answers.find((answer) => answer.status === 'rejected');
    throw failed ? failed.reason : letterMissing();
  }
}

function letterMissing(): ServiceError {
  return new ServiceError('missing', 'CLI.DEAD_LETTER_UNKNOWN', 'no service has a dead letter with this id', {
    nextStep: 'List them with: absah dead-letters list',
  });
}
