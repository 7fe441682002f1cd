import { uuidV7 } from '@absah/domain-kit';
import type { EntityManager } from 'typeorm';
import type { Envelope } from './envelope.js';

export interface DeadLetter {
  readonly consumer: string;
  readonly messageId: string;
  readonly subject: string;
  /** As received: events carry no personal data in the clear. */
  readonly payload: string;
  readonly envelope: Envelope | undefined;
  readonly deliveries: number;
  /** The stable code of what went wrong. */
  readonly code: string;
  readonly reason: string;
}

/** Keeps what cannot be handled, with its reason, in the consumer's own database: a broker may be wiped. */
export async function bury(manager: EntityManager, letter: DeadLetter): Promise<void> {
  await manager.query(
    `INSERT INTO dead_letters (id, consumer, message_id, subject, payload, envelope, deliveries, code, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (consumer, message_id) DO NOTHING`,
    [
      uuidV7(),
      letter.consumer,
      letter.messageId,
      letter.subject,
      letter.payload,
      letter.envelope && JSON.stringify(letter.envelope),
      letter.deliveries,
      letter.code,
      letter.reason,
    ],
  );
}
