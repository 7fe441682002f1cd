import type { EntityManager } from 'typeorm';
import type { Envelope } from './envelope.js';
import type { OutboxMessage } from './outbox-message.js';

interface OutboxRow {
  readonly id: string;
  readonly subject: string;
  readonly payload: string;
  readonly envelope: Omit<Envelope, 'messageId'>;
}

/** A row whose time has come: does everybody have its message? */
export interface DueRow {
  readonly id: string;
  readonly subject: string;
  /** How often it was due before. */
  readonly attempts: number;
}

/** Any constant: the replicas of a service take turns on it, each until its transaction ends. */
const ONE_RECONCILER = 6_402_118;
/** Doubling that often is longer than any cap. */
const MOST_ATTEMPTS = 30;

/** Stores the events of a transaction in one statement; the reconciler leaves them alone for `graceMs`. */
export async function storeInOutbox(
  manager: EntityManager,
  messages: readonly OutboxMessage[],
  graceMs: number,
): Promise<void> {
  if (messages.length === 0) return;
  await manager.query(
    `INSERT INTO outbox (id, subject, payload, envelope, due_at)
     SELECT *, now() + make_interval(secs => $5::float8 / 1000)
     FROM unnest($1::uuid[], $2::text[], $3::json[], $4::jsonb[])`,
    [
      messages.map((message) => message.envelope.messageId),
      messages.map((message) => message.subject),
      messages.map((message) => message.payload),
      messages.map(({ envelope: { messageId: _, ...rest } }) => JSON.stringify(rest)),
      graceMs,
    ],
  );
}

export type OutboxState = 'empty' | 'waiting' | 'due';

/** One look at the head of an index. */
export async function outboxState(manager: EntityManager): Promise<OutboxState> {
  const [first] = await manager.query<{ due: boolean }[]>(
    'SELECT due_at <= now() AS due FROM outbox ORDER BY due_at LIMIT 1',
  );
  return first === undefined ? 'empty' : first.due ? 'due' : 'waiting';
}

/** False when another replica is at it. A lock per row would write to every row. */
export async function takeTurn(manager: EntityManager): Promise<boolean> {
  const [row] = await manager.query<{ taken: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS taken', [
    ONE_RECONCILER,
  ]);
  return row?.taken ?? false;
}

/**
 * What was never asked about first: a consumer that is away leaves all its rows due again and again, and
 * those that another one lost must not queue behind them. Within both, longest due first.
 */
export async function dueRows(manager: EntityManager, limit: number): Promise<readonly DueRow[]> {
  return manager.query<DueRow[]>(
    'SELECT id, subject, attempts FROM outbox WHERE due_at <= now() ORDER BY attempts > 0, due_at LIMIT $1',
    [limit],
  );
}

/** What this service announced before this id is settled; undefined when everything is. */
export async function oldestUnsettled(manager: EntityManager): Promise<string | undefined> {
  const [row] = await manager.query<{ id: string }[]>('SELECT id FROM outbox ORDER BY id LIMIT 1');
  return row?.id;
}

export async function messagesOf(
  manager: EntityManager,
  ids: readonly string[],
): Promise<readonly OutboxMessage[]> {
  const rows = await manager.query<OutboxRow[]>(
    'SELECT id, subject, payload::text AS payload, envelope FROM outbox WHERE id = ANY($1::uuid[]) ORDER BY id',
    [ids],
  );
  return rows.map(({ id, subject, payload, envelope }) => ({
    subject,
    payload,
    envelope: { messageId: id, ...envelope },
  }));
}

/** Everybody has them: the audit log keeps what was said, so nothing here has to. */
export async function settle(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await manager.query('DELETE FROM outbox WHERE id = ANY($1::uuid[])', [ids]);
}

/** Doubles the wait of each row, from `firstMs` to `longestMs`. */
export async function putOff(
  manager: EntityManager,
  ids: readonly string[],
  { firstMs, longestMs }: { readonly firstMs: number; readonly longestMs: number },
): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(
    `UPDATE outbox SET
       due_at = now() + make_interval(secs => least($2::float8 * 2 ^ attempts, $3::float8) / 1000),
       attempts = least(attempts + 1, $4)
     WHERE id = ANY($1::uuid[])`,
    [ids, firstMs, longestMs, MOST_ATTEMPTS],
  );
}

/** Nobody knows what became of messages meanwhile: none waits any longer. */
export async function makeAllDue(manager: EntityManager): Promise<void> {
  await manager.query('UPDATE outbox SET due_at = now() WHERE due_at > now()');
}

/** The stream that they were published to is gone: each counts as never published. */
export async function forgetAttempts(manager: EntityManager): Promise<void> {
  await manager.query('UPDATE outbox SET due_at = now(), attempts = 0 WHERE due_at > now() OR attempts > 0');
}
