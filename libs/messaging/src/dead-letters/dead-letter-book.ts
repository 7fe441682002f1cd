import type { DeadLetterSummary } from '@absah/contracts';
import type { EntityManager } from 'typeorm';
import type { Envelope } from '../envelope.js';

interface LetterRow {
  readonly id: string;
  readonly consumer: string;
  readonly message_id: string;
  readonly subject: string;
  readonly payload: Buffer;
  readonly envelope: Envelope | null;
  readonly deliveries: number;
  readonly code: string;
  readonly reason: string;
  readonly buried_at: Date;
}

/** A buried message with all that its handler needs. */
export interface StoredLetter {
  readonly summary: DeadLetterSummary;
  readonly payload: Uint8Array;
  /** Absent when the message had none that could be read: it cannot be handled at all. */
  readonly envelope: Envelope | undefined;
}

export interface LetterFilter {
  readonly limit: number;
  readonly code?: string | undefined;
  /** The last one that is known already. */
  readonly after?: string | undefined;
}

/** The oldest first, as their ids are made from the time; and how many there are in all. */
export async function listLetters(
  manager: EntityManager,
  { limit, code, after }: LetterFilter,
): Promise<{ letters: DeadLetterSummary[]; total: number }> {
  const rows = await manager.query<LetterRow[]>(
    `SELECT id, consumer, message_id, subject, envelope, deliveries, code, reason, buried_at
     FROM dead_letters
     WHERE ($2::text IS NULL OR code = $2) AND ($3::uuid IS NULL OR id > $3)
     ORDER BY id LIMIT $1`,
    [limit, code, after],
  );
  const [count] = await manager.query<{ total: number }[]>(
    'SELECT count(*)::int AS total FROM dead_letters WHERE $1::text IS NULL OR code = $1',
    [code],
  );
  return { letters: rows.map(summaryOf), total: count?.total ?? 0 };
}

export async function findLetter(manager: EntityManager, id: string): Promise<StoredLetter | undefined> {
  const [row] = await manager.query<LetterRow[]>('SELECT * FROM dead_letters WHERE id = $1', [id]);
  return row && { summary: summaryOf(row), payload: row.payload, envelope: row.envelope ?? undefined };
}

export async function removeLetter(manager: EntityManager, id: string): Promise<void> {
  await manager.query('DELETE FROM dead_letters WHERE id = $1', [id]);
}

/** It stays, with what went wrong this time. */
export async function noteAnotherFailure(
  manager: EntityManager,
  id: string,
  { code, reason }: { readonly code: string; readonly reason: string },
): Promise<void> {
  await manager.query(
    'UPDATE dead_letters SET deliveries = deliveries + 1, code = $2, reason = $3 WHERE id = $1',
    [id, code, reason],
  );
}

function summaryOf(row: Omit<LetterRow, 'payload'>): DeadLetterSummary {
  return {
    id: row.id,
    consumer: row.consumer,
    subject: row.subject,
    messageId: row.message_id,
    ...(row.envelope && { correlationId: row.envelope.correlationId }),
    deliveries: row.deliveries,
    code: row.code,
    reason: row.reason,
    buriedAt: row.buried_at.toISOString(),
  };
}
