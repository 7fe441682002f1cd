import { UnitOfWork, type Transaction } from '@absah/messaging';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { IkdGatewayConfig } from '../config.js';
import { AskRegistry, type Attempt } from './ask-registry.js';
import { emitDecision } from './emit-decision.js';
import { ACCESS_LOG, PARKED_CASES, type AccessLog, type ClaimedCase, type ParkedCases } from './ports.js';
import { RetryDelay } from './retry-delay.js';

/** Asks again about cases whose time has come, until each is decided (V9). */
@Injectable()
export class DrainParkedCases {
  constructor(
    @Inject(AskRegistry) private readonly registry: AskRegistry,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ACCESS_LOG) private readonly accesses: AccessLog,
    @Inject(PARKED_CASES) private readonly parkedCases: ParkedCases,
    @Inject(RetryDelay) private readonly delay: RetryDelay,
    @Inject(SERVICE_CONFIG) private readonly config: IkdGatewayConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** One batch; true when more may be due. The batch is the bulkhead: an outage's end brings no stampede (G4). */
  async execute(): Promise<boolean> {
    const due = await this.parkedCases.claimDue(this.config.PARK_BATCH, this.config.PARK_LEASE_MS);
    await Promise.all(due.map((parked) => this.retry(parked)));
    return due.length === this.config.PARK_BATCH;
  }

  private async retry(parked: ClaimedCase): Promise<void> {
    try {
      const attempt = await this.registry.ask(parked);
      await this.unitOfWork.run((tx) => this.conclude(tx, parked, attempt));
    } catch (error) {
      // The claim runs out, and the case is due again: a defect of ours must not lose it.
      this.logger.error('parked case could not be tried', {
        caseId: parked.caseId,
        attempt: parked.attempts,
        error,
      });
    }
  }

  private async conclude(tx: Transaction, parked: ClaimedCase, attempt: Attempt): Promise<void> {
    const { finding, transactionId } = attempt;
    if (attempt.access) await this.accesses.add(tx, parked, attempt.access);
    if (finding.kind === 'parked') {
      const delayMs = this.delay.after(parked.attempts + 1, finding.retryAfterMs);
      return this.parkedCases.postpone(tx, parked, finding.cause, delayMs);
    }
    if (await this.parkedCases.resolve(tx, parked)) emitDecision(tx, parked, transactionId, finding);
  }
}
