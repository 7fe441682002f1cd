import { RepeatingTask, SERVICE_CONFIG } from '@absah/service-kit';
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
  private readonly task: RepeatingTask;

  constructor(
    @Inject(CheckKeks) private readonly checkKeks: CheckKeks,
    @Inject(SERVICE_CONFIG) config: PrivacyConfig,
    @Inject(Logger) logger: Logger,
  ) {
    this.task = new RepeatingTask({
      intervalMs: config.KEK_RELOAD_SECONDS * 1000,
      work: () => this.checkKeks.run(),
      // The keys that are in memory stay in force: nothing stops, but the next start would.
      onFailure: (error) => logger.error('key-encryption keys not as they should be', { error }),
    });
  }

  async onModuleInit(): Promise<void> {
    await this.checkKeks.run();
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }
}
