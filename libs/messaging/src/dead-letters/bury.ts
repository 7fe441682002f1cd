import { uuidV7 } from '@absah/domain-kit';
import type { JsMsg } from '@nats-io/jetstream';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Envelope } from '../envelope.js';
import { fromHeaders } from '../envelope-headers.js';

export interface DeadLetter {
  readonly consumer: string;
  readonly messageId: string;
  readonly subject: string;
  /** As received: events carry no personal data in the clear. */
  readonly payload: Uint8Array;
  readonly envelope: Envelope | undefined;
  readonly deliveries: number;
  /** The stable code of what went wrong. */
  readonly code: string;
  readonly reason: string;
}

/** Data exception, integrity constraint, limit exceeded: the fault of the row, not of the database. */
const ROW_REFUSED = /^(?:22|23|54)/;

export function letterOf(
  message: JsMsg,
  consumer: string,
  { code, reason }: { readonly code: string; readonly reason: string },
): DeadLetter {
  const envelope = fromHeaders(message.headers);
  return {
    consumer,
    messageId: envelope?.messageId ?? `sequence-${message.info.streamSequence}`,
    subject: message.subject,
    payload: message.data,
    envelope,
    deliveries: message.info.deliveryCount,
    code,
    reason,
  };
}

/**
 * Keeps what cannot be handled, with its reason, in the consumer's own database: a broker may be
 * wiped. A letter that the table refuses would come back for ever, so at least its traces are kept.
 */
export async function bury(manager: EntityManager, letter: DeadLetter): Promise<void> {
  try {
    await insert(manager, letter);
  } catch (error) {
    if (!ROW_REFUSED.test(String((error as { code?: unknown }).code))) throw error;
    await insert(manager, tracesOf(letter));
  }
}

async function insert(manager: EntityManager, letter: DeadLetter): Promise<void> {
  await manager.query(
    `INSERT INTO dead_letters (id, consumer, message_id, subject, payload, envelope, deliveries, code, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (consumer, message_id) DO NOTHING`,
    [
      uuidV7(),
      letter.consumer,
      storable(letter.messageId),
      storable(letter.subject),
      Buffer.from(letter.payload),
      letter.envelope && JSON.stringify(letter.envelope, storableValue),
      letter.deliveries,
      storable(letter.code),
      storable(letter.reason),
    ],
  );
}

function tracesOf(letter: DeadLetter): DeadLetter {
  const digest = createHash('sha256').update(letter.payload).digest('hex');
  const payload = Buffer.from(`${letter.payload.length} bytes, SHA-256 ${digest}`);
  return { ...letter, payload, envelope: undefined };
}

/** PostgreSQL has no NUL in a text, neither raw nor escaped in JSON. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

function storableValue(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? storable(value) : value;
}
