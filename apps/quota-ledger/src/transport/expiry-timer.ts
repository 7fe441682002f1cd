import { RepeatingTask, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { ReleaseExpiredSlots } from '../application/release-expired-slots.js';
import type { QuotaLedgerConfig } from '../config.js';

/** Runs in every replica: they share the work by skipping each other's locked rows. */
@Injectable()
export class ExpiryTimer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: RepeatingTask;

  constructor(
    @Inject(ReleaseExpiredSlots) private readonly releaseExpiredSlots: ReleaseExpiredSlots,
    @Inject(SERVICE_CONFIG) config: QuotaLedgerConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {
    this.task = new RepeatingTask({
      intervalMs: config.EXPIRY_INTERVAL_MS,
      work: () => this.release(),
      onFailure: (error) => logger.warn('expired slots not released yet', { error }),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  private async release(): Promise<void> {
    const count = await this.releaseExpiredSlots.run();
    if (count > 0) this.logger.info('expired slots released', { count });
  }
}
