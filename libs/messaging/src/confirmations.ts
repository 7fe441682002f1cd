import { consumersOf, EVENTS, INBOX_MISSING, type EventContract, type ServiceName } from '@absah/contracts';
import type { Logger } from '@absah/telemetry';
import type { DueRow } from './outbox.js';
import type { QueryClient } from './query-client.js';

const EVENT_BY_SUBJECT = new Map(EVENTS.map((event) => [event.subject as string, event]));

/** What became of rows, by their ids. */
export interface Findings {
  /** Every consumer has it. */
  readonly confirmed: readonly string[];
  /** A consumer said that it lacks it. */
  readonly missing: readonly string[];
  /** Nobody lacks it, but not everybody answered. */
  readonly unknown: readonly string[];
}

/** Shorter than the wait of any row that it left unknown. */
const LEFT_ALONE_MS = 3_000;

type Answer = ReadonlySet<string> | 'silent';

/** Asks the consumers of events whether they took them. Who does not answer confirms nothing. */
export class Confirmations {
  /** Until when each is not asked again: who is paused would hold up every round for the whole time of a question. */
  private readonly silent = new Map<ServiceName, number>();

  constructor(
    private readonly queries: QueryClient,
    private readonly logger: Logger,
  ) {}

  async of(rows: readonly DueRow[], settledBefore: string): Promise<Findings> {
    const bySubject = Map.groupBy(rows, ({ subject }) => subject);
    const findings = await Promise.all(
      [...bySubject].map(([subject, some]) =>
        this.ofSubject(
          subject,
          some.map(({ id }) => id),
          settledBefore,
        ),
      ),
    );
    return {
      confirmed: findings.flatMap(({ confirmed }) => confirmed),
      missing: findings.flatMap(({ missing }) => missing),
      unknown: findings.flatMap(({ unknown }) => unknown),
    };
  }

  private async ofSubject(subject: string, ids: readonly string[], settledBefore: string): Promise<Findings> {
    const event = EVENT_BY_SUBJECT.get(subject);
    // Of a contract that this release does not know: nobody can be asked.
    if (!event) return { confirmed: [], missing: ids, unknown: [] };
    const consumers = consumersOf(event);
    const answers = await Promise.all(
      consumers.map((consumer) => this.missingAt(consumer, event, ids, settledBefore)),
    );
    return judge(ids, answers);
  }

  private async missingAt(
    consumer: ServiceName,
    { name: event }: EventContract,
    messageIds: readonly string[],
    settledBefore: string,
  ): Promise<Answer> {
    const query = INBOX_MISSING[consumer];
    if (!query || Date.now() < (this.silent.get(consumer) ?? 0)) return 'silent';
    try {
      const reply = await this.queries.ask(query, { event, messageIds: [...messageIds], settledBefore });
      if (this.silent.delete(consumer)) this.logger.info('consumer confirms again', { consumer });
      return new Set(reply.missing);
    } catch (error) {
      if (!this.silent.has(consumer)) this.logger.warn('consumer confirms nothing', { consumer, error });
      this.silent.set(consumer, Date.now() + LEFT_ALONE_MS);
      return 'silent';
    }
  }
}

/** One answer per consumer. */
export function judge(ids: readonly string[], answers: readonly Answer[]): Findings {
  const everybodyAnswered = answers.length > 0 && !answers.includes('silent');
  const isMissing = (id: string) => answers.some((answer) => answer !== 'silent' && answer.has(id));
  const missing = ids.filter(isMissing);
  const others = ids.filter((id) => !isMissing(id));
  return everybodyAnswered
    ? { confirmed: others, missing, unknown: [] }
    : { confirmed: [], missing, unknown: others };
}
