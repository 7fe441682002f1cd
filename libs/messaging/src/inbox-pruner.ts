import { uuidV7 } from '@absah/domain-kit';
import type { Logger } from '@absah/telemetry';
import type { DataSource, EntityManager } from 'typeorm';

export interface PruneSettings {
  /** A repetition is recognised by its own row for at least this long, and by the horizon ever after. */
  readonly retentionMs: number;
  readonly everyMs: number;
  /** A statement that began before a horizon was marked has ended by then, and cannot meet a row missing. */
  readonly settleMs: number;
  readonly batch: number;
}

export const PRUNING: Omit<PruneSettings, 'retentionMs'> = {
  everyMs: 60 * 60_000,
  settleMs: 5 * 60_000,
  batch: 5_000,
};

/**
 * Keeps the inbox from growing for ever. What its owner calls settled was taken by everybody, so an
 * id before that is a repetition by itself: first the horizon is marked, and a later pass deletes
 * the rows beyond it. A message that is late by days therefore still has no second effect.
 */
export class InboxPruner {
  private readonly dueAt = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
    private readonly settings: PruneSettings,
  ) {}

  /** Nobody waits for it; most of the time there is nothing to do yet. */
  consider(consumer: string, settledBefore: string): void {
    const now = Date.now();
    if (now < (this.dueAt.get(consumer) ?? 0)) return;
    this.dueAt.set(consumer, now + this.settings.everyMs);
    const task: Promise<void> = this.prune(consumer, settledBefore, new Date(now))
      .catch((error: unknown) => this.logger.warn('inbox not pruned', { consumer, error }))
      .finally(() => this.underWay.delete(task));
    this.underWay.add(task);
  }

  async stop(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async prune(consumer: string, settledBefore: string, now: Date): Promise<void> {
    const { batch, settleMs, retentionMs } = this.settings;
    const { manager } = this.dataSource;
    let count = 0;
    let deleted: number;
    do {
      deleted = await deleteBeyondHorizon(manager, consumer, { batch, settleMs });
      count += deleted;
    } while (deleted === batch);
    const oldestKept = uuidV7(new Date(now.getTime() - retentionMs));
    await markHorizon(manager, consumer, settledBefore < oldestKept ? settledBefore : oldestKept);
    if (count > 0) this.logger.info('inbox pruned', { consumer, count });
  }
}

/** The rows of dead letters stay: beyond the horizon, they alone tell a replay from a repetition. */
async function deleteBeyondHorizon(
  manager: EntityManager,
  consumer: string,
  { batch, settleMs }: Pick<PruneSettings, 'batch' | 'settleMs'>,
): Promise<number> {
  const [, deleted] = await manager.query<[unknown, number]>(
    `DELETE FROM inbox WHERE consumer = $1 AND message_id IN (
       SELECT inbox.message_id FROM inbox
       JOIN inbox_horizon AS horizon USING (consumer)
       WHERE consumer = $1 AND message_id < horizon.settled_before
         AND horizon.marked_at <= now() - make_interval(secs => $3::float8 / 1000)
         AND NOT EXISTS (SELECT 1 FROM dead_letters AS letter
                         WHERE letter.consumer = $1 AND letter.message_id = inbox.message_id)
       LIMIT $2)`,
    [consumer, batch, settleMs],
  );
  return deleted;
}

async function markHorizon(manager: EntityManager, consumer: string, settledBefore: string): Promise<void> {
  await manager.query(
    `INSERT INTO inbox_horizon AS horizon (consumer, settled_before) VALUES ($1, $2)
     ON CONFLICT (consumer) DO UPDATE SET settled_before = excluded.settled_before, marked_at = now()
     WHERE horizon.settled_before < excluded.settled_before`,
    [consumer, settledBefore],
  );
}
