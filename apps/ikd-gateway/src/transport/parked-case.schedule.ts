import { RepeatingTask, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DrainParkedCases } from '../application/drain-parked-cases.js';
import { GiveUpOverdueCases } from '../application/give-up-overdue-cases.js';
import type { IkdGatewayConfig } from '../config.js';

/** Looks for due cases at a fixed interval, and as often as their pace allows while there are some. */
@Injectable()
export class ParkedCaseSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: RepeatingTask;
  private nextRoundMs: number | undefined;

  constructor(
    @Inject(DrainParkedCases) private readonly drain: DrainParkedCases,
    @Inject(GiveUpOverdueCases) private readonly giveUp: GiveUpOverdueCases,
    @Inject(SERVICE_CONFIG) config: IkdGatewayConfig,
    @Inject(Logger) logger: Logger,
  ) {
    this.task = new RepeatingTask({
      intervalMs: () => this.nextRoundMs ?? config.PARK_POLL_INTERVAL_MS,
      work: () => this.round(),
      onFailure: (error) => logger.warn('parked cases not looked through', { error }),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  /** Before the bus and the database go. */
  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  private async round(): Promise<void> {
    this.nextRoundMs = undefined;
    await this.giveUp.execute();
    this.nextRoundMs = await this.drain.execute();
  }
}
