import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { CheckKeks } from '../application/check-keks.js';
import type { PrivacyConfig } from '../config.js';

/** Checks the key-encryption keys before the service takes its first question, and follows their rotation afterwards. */
@Injectable()
export class KekWatch implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(CheckKeks) private readonly checkKeks: CheckKeks,
    @Inject(SERVICE_CONFIG) private readonly config: PrivacyConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.checkKeks.run();
  }

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.look().finally(() => this.schedule());
    }, this.config.KEK_RELOAD_SECONDS * 1000);
  }

  /** The keys that are in memory stay in force: nothing stops, but the next start would. */
  private async look(): Promise<void> {
    try {
      await this.checkKeks.follow();
    } catch (error) {
      this.logger.error('key-encryption keys not as they should be', { error });
    }
  }
}
