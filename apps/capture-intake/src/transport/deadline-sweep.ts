import { RepeatingTask, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { CloseOverdueCases } from '../application/close-overdue-cases.js';
import { ForgetChallenges } from '../application/forget-challenges.js';
import { ForgetIdempotencyKeys } from '../application/forget-idempotency-keys.js';
import type { CaptureIntakeConfig } from '../config.js';

/** Runs in every replica: they share the work by skipping each other's locked rows. */
@Injectable()
export class DeadlineSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: RepeatingTask;

  constructor(
    @Inject(CloseOverdueCases) private readonly closeOverdueCases: CloseOverdueCases,
    @Inject(ForgetChallenges) private readonly forgetChallenges: ForgetChallenges,
    @Inject(ForgetIdempotencyKeys) private readonly forgetKeys: ForgetIdempotencyKeys,
    @Inject(SERVICE_CONFIG) config: CaptureIntakeConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {
    this.task = new RepeatingTask({
      intervalMs: config.DEADLINE_SWEEP_INTERVAL_MS,
      work: () => this.sweep(),
      onFailure: (error) => logger.warn('sweep failed, will be repeated', { error }),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  private async sweep(): Promise<void> {
    const count = await this.closeOverdueCases.run();
    if (count > 0) this.logger.info('overdue cases closed', { count });
    await this.forgetChallenges.run();
    await this.forgetKeys.run();
  }
}
