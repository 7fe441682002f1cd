import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SeenFrames } from '../application/ports.js';
import type { LivenessConfig } from '../config.js';

const INTERVAL_MS = 60 * 60 * 1000;

/** Frames are remembered for so many days and no longer. At the start and every hour, in every replica. */
@Injectable()
export class Forgetting implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SeenFrames) private readonly seen: SeenFrames,
    @Inject(SERVICE_CONFIG) private readonly config: LivenessConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.forget();
    this.timer = setInterval(() => {
      this.running = this.forget();
    }, INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async forget(): Promise<void> {
    try {
      const count = await this.seen.forget(this.config.REPLAY_MEMORY_DAYS);
      if (count > 0) this.logger.info('old frames forgotten', { count });
    } catch (error) {
      this.logger.warn('old frames not forgotten yet', { error });
    }
  }
}
