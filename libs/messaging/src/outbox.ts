import type { EntityManager } from 'typeorm';
import type { Envelope } from './envelope.js';
import type { OutboxMessage } from './outbox-message.js';

interface OutboxRow {
  readonly id: string;
  readonly subject: string;
  readonly payload: string;
  readonly envelope: Omit<Envelope, 'messageId'>;
}

/** Stores the events of a transaction in one statement. */
export async function storeInOutbox(
  manager: EntityManager,
  messages: readonly OutboxMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await manager.query(
    `INSERT INTO outbox (id, subject, payload, envelope)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::json[], $4::jsonb[])`,
    [
      messages.map((message) => message.envelope.messageId),
      messages.map((message) => message.subject),
      messages.map((message) => message.payload),
      messages.map(({ envelope: { messageId: _, ...rest } }) => JSON.stringify(rest)),
    ],
  );
}

/**
 * Rows that nobody published, oldest first, locked so that two replicas take different ones.
 * `minAgeMs` leaves alone what the committing process is about to publish itself.
 */
export async function claimUnpublished(
  manager: EntityManager,
  options: { readonly minAgeMs: number; readonly limit: number },
): Promise<OutboxMessage[]> {
  const rows = await manager.query<OutboxRow[]>(
    `SELECT id, subject, payload::text AS payload, envelope FROM outbox
     WHERE published_at IS NULL AND created_at <= now() - make_interval(secs => $1::float8 / 1000)
     ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [options.minAgeMs, options.limit],
  );
  return rows.map(({ id, subject, payload, envelope }) => ({
    subject,
    payload,
    envelope: { messageId: id, ...envelope },
  }));
}

export async function markPublished(manager: EntityManager, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await manager.query(
    'UPDATE outbox SET published_at = now() WHERE id = ANY($1::uuid[]) AND published_at IS NULL',
    [messageIds],
  );
}
