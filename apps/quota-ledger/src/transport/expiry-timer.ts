import { RepeatingTask, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { ResolvePendingSlots } from '../application/resolve-pending-slots.js';
import type { QuotaLedgerConfig } from '../config.js';

/** Runs in every replica: they share the work by skipping each other's locked rows. */
@Injectable()
export class ExpiryTimer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: RepeatingTask;

  constructor(
    @Inject(ResolvePendingSlots) private readonly resolvePendingSlots: ResolvePendingSlots,
    @Inject(SERVICE_CONFIG) config: QuotaLedgerConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {
    this.task = new RepeatingTask({
      intervalMs: config.EXPIRY_INTERVAL_MS,
      work: () => this.resolve(),
      onFailure: (error) => logger.warn('pending slots not resolved yet', { error }),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  private async resolve(): Promise<void> {
    const { freed, posted } = await this.resolvePendingSlots.run();
    if (freed > 0) this.logger.info('slots of ended cases freed', { count: freed });
    if (posted > 0) this.logger.warn('slots posted before their activation was delivered', { count: posted });
  }
}
