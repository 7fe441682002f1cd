import type { EntityManager } from 'typeorm';
import type { DeliveryContext } from './delivery-context.js';

type Delivery = Pick<DeliveryContext, 'consumer' | 'messageId'>;

/** Everything before it was confirmed by everybody, so it is a repetition, with or without a row. */
const BEYOND_HORIZON = `EXISTS (SELECT 1 FROM inbox_horizon AS horizon
  WHERE horizon.consumer = $1 AND asked.message_id < horizon.settled_before)`;
const TAKEN = `EXISTS (SELECT 1 FROM inbox WHERE inbox.consumer = $1 AND inbox.message_id = asked.message_id)`;
/** Confirmed, too, but without effect: an operator may still replay it. */
const BURIED = `EXISTS (SELECT 1 FROM dead_letters AS letter
  WHERE letter.consumer = $1 AND letter.message_id = asked.message_id)`;

/** The same of one message, on the path of every message: answered once each, by the head of an index. */
const TAKE = `INSERT INTO inbox (consumer, message_id)
  SELECT $1::text, $2::text WHERE NOT EXISTS (
    SELECT 1 FROM inbox_horizon WHERE consumer = $1::text AND settled_before > $2::text
  ) OR EXISTS (SELECT 1 FROM dead_letters WHERE consumer = $1::text AND message_id = $2::text)
  ON CONFLICT DO NOTHING RETURNING 1`;

const ASKED = `unnest($2::text[]) AS asked (message_id)`;

/**
 * Records that a consumer takes a message, in the transaction that has its effect. False when it
 * was taken before. A second replica that races waits here for the first one's commit.
 */
export async function takeOnce(manager: EntityManager, delivery: Delivery): Promise<boolean> {
  const rows = await manager.query<unknown[]>(TAKE, [delivery.consumer, delivery.messageId]);
  return rows.length === 1;
}

export async function wasTaken(manager: EntityManager, delivery: Delivery): Promise<boolean> {
  const [row] = await manager.query<{ taken: boolean }[]>(`SELECT ${TAKEN} AS taken FROM ${ASKED}`, [
    delivery.consumer,
    [delivery.messageId],
  ]);
  return row?.taken ?? false;
}

/** Those that a consumer neither took nor buried. */
export async function missingFromInbox(
  manager: EntityManager,
  consumer: string,
  messageIds: readonly string[],
): Promise<string[]> {
  const rows = await manager.query<{ message_id: string }[]>(
    `SELECT message_id FROM ${ASKED} WHERE NOT ${TAKEN} AND NOT ${BURIED} AND NOT ${BEYOND_HORIZON}`,
    [consumer, messageIds],
  );
  return rows.map(({ message_id }) => message_id);
}

/** For a consumer that has a record of its own instead of the inbox. */
export async function notBuried(
  manager: EntityManager,
  consumer: string,
  messageIds: readonly string[],
): Promise<string[]> {
  if (messageIds.length === 0) return [];
  const rows = await manager.query<{ message_id: string }[]>(
    `SELECT message_id FROM ${ASKED} WHERE NOT ${BURIED}`,
    [consumer, messageIds],
  );
  return rows.map(({ message_id }) => message_id);
}
