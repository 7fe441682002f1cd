import { SERVICE_CONFIG } from '@absah/service-kit';
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
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(ReleaseExpiredSlots) private readonly releaseExpiredSlots: ReleaseExpiredSlots,
    @Inject(SERVICE_CONFIG) private readonly config: QuotaLedgerConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.tick().finally(() => this.schedule());
    }, this.config.EXPIRY_INTERVAL_MS);
  }

  private async tick(): Promise<void> {
    try {
      const count = await this.releaseExpiredSlots.run();
      if (count > 0) this.logger.info('expired slots released', { count });
    } catch (error) {
      this.logger.warn('expired slots not released yet', { error });
    }
  }
}
