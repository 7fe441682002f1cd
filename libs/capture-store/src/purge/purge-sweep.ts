import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@absah/telemetry';
import type { PurgeRecord } from './purge-record.js';

/** Younger ones are left to the process that committed them. */
const MIN_AGE_MS = 2_000;
const BATCH = 64;

/** Takes up the purges that a crash or an absent broker left behind. */
export class PurgeSweep {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly record: Pick<PurgeRecord, 'duePurges'>,
    private readonly purgeAll: (captureIds: readonly string[]) => Promise<void>,
    private readonly intervalMs: number,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    // What an earlier life of this process left is old enough, whatever its age.
    await this.sweep(0);
    while (await this.intervalPassed()) await this.sweep(MIN_AGE_MS);
  }

  private async intervalPassed(): Promise<boolean> {
    const { signal } = this.stopping;
    await sleep(this.intervalMs, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }

  private async sweep(minAgeMs: number): Promise<void> {
    try {
      await this.purgeAll(await this.record.duePurges({ minAgeMs, limit: BATCH }));
    } catch (error) {
      this.logger.warn('purge sweep failed, will be repeated', { error });
    }
  }
}
