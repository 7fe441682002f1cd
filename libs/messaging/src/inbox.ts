import type { EntityManager } from 'typeorm';
import type { DeliveryContext } from './delivery-context.js';

/**
 * Records that a consumer takes a message, in the transaction that has its effect. False when it
 * was taken before. A second replica that races waits here for the first one's commit.
 */
export async function takeOnce(
  manager: EntityManager,
  delivery: Pick<DeliveryContext, 'consumer' | 'messageId'>,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    'INSERT INTO inbox (consumer, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
    [delivery.consumer, delivery.messageId],
  );
  return rows.length === 1;
}
