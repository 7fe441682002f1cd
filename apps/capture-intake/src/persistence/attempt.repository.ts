import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AttemptBook, type Attempter } from '../application/ports.js';
import type { Standing, Tally } from '../domain/attempts.js';

interface StandingRow {
  readonly identity_failures: number;
  readonly identity_open: number;
  readonly identity_next: Date | null;
  readonly session_failures: number;
  readonly session_open: number;
  readonly session_next: Date | null;
  readonly session_last: Date | null;
}

/**
 * Both locks in one round trip, in the order of their numbers: whoever needs two of them takes them in the
 * same order, so nobody waits in a circle. Two names with one number only wait for each other needlessly.
 */
const LOCK = `
  SELECT pg_advisory_xact_lock(number)
  FROM (SELECT DISTINCT hashtextextended(name, 0) AS number FROM unnest($1::text[]) AS name ORDER BY 1) AS numbers`;

/** $1 subject · $2 since · $3 session · $4 operator */
const STANDING = `
  SELECT identity.failures AS identity_failures, identity.open AS identity_open, identity.next AS identity_next,
         session.failures AS session_failures, session.open AS session_open, session.next AS session_next,
         session.last AS session_last
  FROM (
    SELECT count(*) FILTER (WHERE next_attempt_at IS NOT NULL AND decided_at > $2)::int AS failures,
           count(*) FILTER (WHERE status IN ('processing', 'parked'))::int AS open,
           max(next_attempt_at) AS next
    FROM cases
    WHERE subject_ref = $1 AND (next_attempt_at IS NOT NULL OR status IN ('processing', 'parked'))
  ) AS identity, (
    SELECT count(*) FILTER (WHERE next_attempt_at IS NOT NULL)::int AS failures,
           count(*) FILTER (WHERE status IN ('processing', 'parked'))::int AS open,
           max(next_attempt_at) AS next,
           max(received_at) AS last
    FROM cases
    WHERE session_id = $3 AND operator_id = $4
  ) AS session`;

@Injectable()
export class AttemptRepository extends AttemptBook {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async lock({ manager }: Transaction, attempter: Attempter): Promise<void> {
    const { subjectRef, operatorId, sessionId } = attempter;
    const names = [`identity ${subjectRef}`];
    if (sessionId) names.push(`session ${operatorId} ${sessionId}`);
    await manager.query(LOCK, [names]);
  }

  async standing(
    { subjectRef, operatorId, sessionId }: Attempter,
    since: Date,
    tx?: Transaction,
  ): Promise<Standing> {
    const source = tx?.manager ?? this.dataSource;
    const parameters = [subjectRef, since, sessionId, operatorId];
    const [row] = await source.query<[StandingRow]>(STANDING, parameters);
    const identity = tallyOf(row.identity_failures, row.identity_open, row.identity_next);
    if (!sessionId) return { identity };
    const session = tallyOf(row.session_failures, row.session_open, row.session_next);
    return {
      identity,
      session: { ...session, ...(row.session_last && { lastActivityAt: row.session_last }) },
    };
  }
}

function tallyOf(failures: number, open: number, next: Date | null): Tally {
  return { failures, open, ...(next && { nextAttemptAt: next }) };
}
