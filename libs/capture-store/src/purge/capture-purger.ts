import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transaction, UnitOfWork } from '@absah/messaging';
import type { Logger } from '@absah/telemetry';
import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import type { CaptureStore } from '../capture-store.js';
import type { PurgedCapture, PurgeRecord } from './purge-record.js';
import { PurgeSweep } from './purge-sweep.js';

/** Confirmations, for which nobody waits, are gathered this long, so that one transaction serves many cases. */
const GATHER_MS = 250;
const MAX_GATHERED = 64;

export interface CapturePurgerParts {
  readonly captures: Pick<CaptureStore, 'purge'>;
  readonly record: PurgeRecord;
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly announce: (tx: Transaction, purged: PurgedCapture) => void;
  readonly sweepIntervalMs: number;
  readonly logger: Logger;
}

/**
 * Destroys captures: at once in the stream, then on record. The service committed the intent before,
 * so what fails or dies here is taken up by the sweep.
 */
export class CapturePurger
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  // A batch belongs to no single case: recorded inside the delivery that happened to complete it or to
  // start the timer, its events would all claim that delivery as their cause.
  private readonly outsideDeliveries = AsyncLocalStorage.snapshot();
  private readonly sweep: PurgeSweep;
  private readonly purged: string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private confirming: Promise<void> = Promise.resolve();

  constructor(private readonly parts: CapturePurgerParts) {
    const { record, sweepIntervalMs, logger } = parts;
    this.sweep = new PurgeSweep(record, (captureIds) => this.purgeAll(captureIds), sweepIntervalMs, logger);
  }

  /** Never rejects: the capture stays due until its purge is on record. */
  async purge(captureId: string): Promise<void> {
    try {
      await this.parts.captures.purge(captureId);
    } catch (error) {
      this.parts.logger.warn('capture not purged yet', { captureId, error });
      return;
    }
    this.purged.push(captureId);
    if (this.purged.length >= MAX_GATHERED) void this.confirm();
    else this.timer ??= setTimeout(() => void this.confirm(), GATHER_MS);
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.confirm();
  }

  private async purgeAll(captureIds: readonly string[]): Promise<void> {
    await Promise.all(captureIds.map((captureId) => this.purge(captureId)));
    await this.confirm();
  }

  /** Records what was purged so far and tells everyone. Never rejects. */
  private async confirm(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const captureIds = this.purged.splice(0);
    if (captureIds.length > 0) {
      this.confirming = this.outsideDeliveries(() => this.putOnRecord(captureIds, this.confirming));
    }
    await this.confirming;
  }

  private async putOnRecord(captureIds: readonly string[], earlier: Promise<void>): Promise<void> {
    await earlier;
    const { unitOfWork, record, announce, logger } = this.parts;
    try {
      await unitOfWork.run(async (tx) => {
        for (const purged of await record.confirmPurged(tx, captureIds)) announce(tx, purged);
      });
    } catch (error) {
      logger.warn('purges not confirmed yet', { count: captureIds.length, error });
    }
  }
}
