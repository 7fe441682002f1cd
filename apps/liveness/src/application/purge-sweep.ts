import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { LivenessConfig } from '../config.js';
import { Assessments } from './ports.js';
import { PurgeCaptures } from './purge-captures.js';

/** Younger ones are left to the process that committed them. */
const MIN_AGE_MS = 2_000;
const BATCH = 64;

/** Takes up the purges that a crash or an absent broker left behind. */
@Injectable()
export class PurgeSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    @Inject(Assessments) private readonly assessments: Assessments,
    @Inject(PurgeCaptures) private readonly purgeCaptures: PurgeCaptures,
    @Inject(SERVICE_CONFIG) private readonly config: LivenessConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
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
    await sleep(this.config.PURGE_SWEEP_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }

  private async sweep(minAgeMs: number): Promise<void> {
    try {
      const due = await this.assessments.duePurges({ minAgeMs, limit: BATCH });
      await Promise.all(due.map((captureId) => this.purgeCaptures.purge(captureId)));
      await this.purgeCaptures.confirm();
    } catch (error) {
      this.logger.warn('purge sweep failed, will be repeated', { error });
    }
  }
}
