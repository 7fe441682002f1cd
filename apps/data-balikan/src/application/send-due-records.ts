import type { Clock } from '@absah/domain-kit';
import { UnitOfWork } from '@absah/messaging';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { DataBalikanConfig } from '../config.js';
import { delayBeforeRetry } from '../domain/back-off.js';
import type { CallAnswer } from '../domain/next-step.js';
import { deliverRows } from './deliver-rows.js';
import { emitOutcome } from './emit-outcome.js';
import { FEEDBACK_RECORDS, FEEDBACK_REGISTRY } from './ports.js';
import type { ClaimedRecord, FeedbackRecords, FeedbackRegistry, SettledRecord } from './ports.js';
import { SealedRows, type OpenedRecord } from './sealed-rows.js';

/** Sends what is due, and records every row's answer with the event about it (B1, B2). */
@Injectable()
export class SendDueRecords {
  constructor(
    @Inject(FEEDBACK_RECORDS) private readonly records: FeedbackRecords,
    @Inject(FEEDBACK_REGISTRY) private readonly registry: FeedbackRegistry,
    @Inject(SealedRows) private readonly sealedRows: SealedRows,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SERVICE_CONFIG) private readonly config: DataBalikanConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** One batch; true when more may be due now. */
  async execute(): Promise<boolean> {
    // No call may begin that could outlast the lease: another replica would send the same rows.
    const lastCallAt = this.clock.now().getTime() + this.config.LEASE_MS - this.config.REGISTRY_TIMEOUT_MS;
    const claimed = await this.records.claimDue(this.config.BATCH_ROWS, this.config.LEASE_MS);
    const opened = await this.openAll(claimed);
    if (opened.length === 0) return false;
    const { settled, left } = await deliverRows(
      opened,
      (part) => this.send(part),
      () => this.clock.now().getTime() < lastCallAt,
    );
    await this.settle(settled.map(({ row, outcome }) => ({ record: row.record, outcome })));
    await this.postpone(left.map(({ record }) => record));
    return left.length === 0 && claimed.length === this.config.BATCH_ROWS;
  }

  /** A row whose key is destroyed would stay due for ever. */
  private async openAll(claimed: readonly ClaimedRecord[]): Promise<readonly OpenedRecord[]> {
    const { opened, broken, forgotten } = await this.open(claimed);
    for (const { record, error } of broken) {
      this.logger.error('feedback record does not open', { recordId: record.recordId, error });
    }
    await this.postpone(broken.map(({ record }) => record));
    await this.settle(
      forgotten.map((record) => ({ record, outcome: { kind: 'rejected', cause: 'key-destroyed' } })),
    );
    return opened;
  }

  /** While privacy is away all rows stay due, and do not wait for the end of their lease. */
  private async open(claimed: readonly ClaimedRecord[]): ReturnType<SealedRows['openAll']> {
    try {
      return await this.sealedRows.openAll(claimed);
    } catch (error) {
      await this.postpone(claimed);
      throw error;
    }
  }

  private async send(part: readonly OpenedRecord[]): Promise<CallAnswer> {
    const answer = await this.registry.store(part.map(({ row }) => row));
    if (answer.kind === 'unavailable' && answer.needsEngineer) {
      this.logger.error('registry does not accept our feedback calls', { count: part.length });
    }
    return answer;
  }

  private async settle(settled: readonly SettledRecord[]): Promise<void> {
    if (settled.length === 0) return;
    await this.unitOfWork.run(async (tx) => {
      const ours = await this.records.settle(tx, settled);
      for (const one of settled) if (ours.has(one.record.recordId)) emitOutcome(tx, one);
    });
    const rejected = settled.filter(({ outcome }) => outcome.kind === 'rejected').length;
    this.logger.info('feedback sent', { count: settled.length });
    if (rejected > 0) this.logger.warn('feedback records rejected', { count: rejected });
  }

  private async postpone(left: readonly ClaimedRecord[]): Promise<void> {
    if (left.length === 0) return;
    const attempts = Math.min(...left.map((record) => record.attempts)) + 1;
    const delayMs = delayBeforeRetry(attempts, Math.random(), {
      firstDelayMs: this.config.RETRY_FIRST_DELAY_MS,
      longestDelayMs: this.config.RETRY_LONGEST_DELAY_MS,
    });
    await this.records.postpone(left, delayMs);
    this.logger.info('feedback stays due', { remaining: left.length, delayMs });
  }
}
