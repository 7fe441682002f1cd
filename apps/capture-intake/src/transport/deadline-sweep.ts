import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { CloseStaleCases } from '../application/close-stale-cases.js';
import { ForgetChallenges } from '../application/forget-challenges.js';
import type { CaptureIntakeConfig } from '../config.js';

/** Runs in every replica: they share the work by skipping each other's locked rows. */
@Injectable()
export class StaleSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(CloseStaleCases) private readonly closeStaleCases: CloseStaleCases,
    @Inject(ForgetChallenges) private readonly forgetChallenges: ForgetChallenges,
    @Inject(SERVICE_CONFIG) private readonly config: CaptureIntakeConfig,
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
    }, this.config.STALE_SWEEP_INTERVAL_MS);
  }

  private async tick(): Promise<void> {
    try {
      const count = await this.closeStaleCases.run();
      if (count > 0) this.logger.warn('stale cases closed', { count });
      await this.forgetChallenges.run();
    } catch (error) {
      this.logger.warn('sweep failed, will be repeated', { error });
    }
  }
}
