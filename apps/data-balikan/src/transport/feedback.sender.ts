import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SendDueRecords } from '../application/send-due-records.js';
import { SendSignal } from '../application/send-signal.js';
import type { DataBalikanConfig } from '../config.js';

/** Sends when rows became due, and sweeps for what a crash or an outage left; one batch at a time. */
@Injectable()
export class FeedbackSender implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private signalled = false;
  private stopped = false;

  constructor(
    @Inject(SendDueRecords) private readonly sendDueRecords: SendDueRecords,
    @Inject(SendSignal) private readonly signal: SendSignal,
    @Inject(SERVICE_CONFIG) private readonly config: DataBalikanConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.signal.whenRaised(() => this.wake());
    this.wake();
  }

  /** Before the bus and the database go. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private wake(): void {
    this.signalled = true;
    if (this.stopped || this.round) return;
    clearTimeout(this.timer);
    this.round = this.sendAll().finally(() => {
      this.round = undefined;
      // A signal that came between the last look and this line would wait for the sweep.
      const pauseMs = this.signalled ? 0 : this.config.SWEEP_INTERVAL_MS;
      if (!this.stopped) this.timer = setTimeout(() => this.wake(), pauseMs);
    });
  }

  private async sendAll(): Promise<void> {
    try {
      let more = true;
      while (!this.stopped && (more || this.signalled)) {
        this.signalled = false;
        more = await this.sendDueRecords.execute();
      }
    } catch (error) {
      this.logger.warn('due feedback not sent', { error });
    }
  }
}
