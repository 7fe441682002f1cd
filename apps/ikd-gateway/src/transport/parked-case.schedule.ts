import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DrainParkedCases } from '../application/drain-parked-cases.js';
import { GiveUpOverdueCases } from '../application/give-up-overdue-cases.js';
import type { IkdGatewayConfig } from '../config.js';

/** Looks for due cases at a fixed interval, and more often while there are some; never two rounds at the same time. */
@Injectable()
export class ParkedCaseSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(DrainParkedCases) private readonly drain: DrainParkedCases,
    @Inject(GiveUpOverdueCases) private readonly giveUp: GiveUpOverdueCases,
    @Inject(SERVICE_CONFIG) private readonly config: IkdGatewayConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.scheduleRound();
  }

  /** Before the bus and the database go. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private scheduleRound(delayMs = this.config.PARK_POLL_INTERVAL_MS): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.work().then((nextMs) => this.scheduleRound(nextMs));
    }, delayMs);
  }

  private async work(): Promise<number | undefined> {
    try {
      await this.giveUp.execute();
      return await this.drain.execute();
    } catch (error) {
      this.logger.warn('parked cases not looked through', { error });
      return undefined;
    }
  }
}
