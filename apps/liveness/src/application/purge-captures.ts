import { AsyncLocalStorage } from 'node:async_hooks';
import { CaptureStore } from '@absah/capture-store';
import { CapturePurgedByLivenessV1 } from '@absah/contracts';
import { UnitOfWork } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Assessments } from './ports.js';

/** Confirmations are gathered this long, so that one transaction serves many cases. */
const GATHER_MS = 50;
const MAX_GATHERED = 64;

/**
 * Destroys the pictures of refused captures: at once in the stream, then on record. The intent was
 * committed with the assessment, so what fails or dies here is taken up by the sweep.
 */
@Injectable()
export class PurgeCaptures implements OnApplicationShutdown {
  // A batch belongs to no single case: recorded inside the delivery that happened to complete it or to
  // start the timer, its events would all claim that delivery as their cause.
  private readonly outsideDeliveries = AsyncLocalStorage.snapshot();
  private readonly purged: string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private confirming: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CaptureStore) private readonly captures: Pick<CaptureStore, 'purge'>,
    @Inject(Assessments) private readonly assessments: Pick<Assessments, 'confirmPurged'>,
    @Inject(UnitOfWork) private readonly unitOfWork: Pick<UnitOfWork, 'run'>,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async purge(captureId: string): Promise<void> {
    try {
      await this.captures.purge(captureId);
    } catch (error) {
      this.logger.warn('capture not purged yet', { captureId, error });
      return;
    }
    this.purged.push(captureId);
    if (this.purged.length >= MAX_GATHERED) void this.confirm();
    else this.timer ??= setTimeout(() => void this.confirm(), GATHER_MS);
  }

  /** Records what was purged so far and tells everyone. Never rejects. */
  async confirm(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const captureIds = this.purged.splice(0);
    if (captureIds.length > 0) {
      this.confirming = this.outsideDeliveries(() => this.record(captureIds, this.confirming));
    }
    await this.confirming;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.confirm();
  }

  private async record(captureIds: readonly string[], earlier: Promise<void>): Promise<void> {
    await earlier;
    try {
      await this.unitOfWork.run(async (tx) => {
        for (const { caseId, captureId, purgedAt } of await this.assessments.confirmPurged(tx, captureIds)) {
          const payload = { caseId, captureId, purgedAt: purgedAt.toISOString() };
          tx.emit(CapturePurgedByLivenessV1, payload, { correlationId: caseId });
        }
      });
    } catch (error) {
      this.logger.warn('purges not confirmed yet', { count: captureIds.length, error });
    }
  }
}
