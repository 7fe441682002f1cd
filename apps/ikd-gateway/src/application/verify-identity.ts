import { IdentityParkedV1 } from '@absah/contracts';
import { UnitOfWork, type DeliveryContext, type Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { AskRegistry, type Attempt } from './ask-registry.js';
import { emitDecision } from './emit-decision.js';
import { ACCESS_LOG, PARKED_CASES, type AccessLog, type IdentityCase, type ParkedCases } from './ports.js';
import { RetryDelay } from './retry-delay.js';

/** A template arrived: asks the registry, and decides or parks the case. */
@Injectable()
export class VerifyIdentity {
  constructor(
    @Inject(AskRegistry) private readonly registry: AskRegistry,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ACCESS_LOG) private readonly accesses: AccessLog,
    @Inject(PARKED_CASES) private readonly parkedCases: ParkedCases,
    @Inject(RetryDelay) private readonly delay: RetryDelay,
  ) {}

  async execute(identity: IdentityCase, delivery: DeliveryContext): Promise<void> {
    const attempt = await this.registry.ask(identity);
    const taken = await this.unitOfWork.once(delivery, async (tx) => {
      if (attempt.access) await this.accesses.add(tx, identity, attempt.access);
      await this.conclude(tx, identity, attempt);
    });
    if (taken === 'duplicate') await this.recordRepetition(identity, attempt);
  }

  private async conclude(tx: Transaction, identity: IdentityCase, attempt: Attempt): Promise<void> {
    const { finding, transactionId } = attempt;
    if (finding.kind !== 'parked') return emitDecision(tx, identity, transactionId, finding);
    const delayMs = this.delay.after(1, finding.retryAfterMs);
    const retryAt = await this.parkedCases.park(tx, identity, finding.cause, delayMs);
    if (!retryAt) return;
    const { caseId, subjectRef } = identity;
    tx.emit(IdentityParkedV1, { caseId, subjectRef, cause: finding.cause, retryAt: retryAt.toISOString() });
  }

  /** The message was handled before, yet the registry was asked again: that is an access as well (G5). */
  private async recordRepetition(identity: IdentityCase, { access }: Attempt): Promise<void> {
    if (access) await this.unitOfWork.run((tx) => this.accesses.add(tx, identity, access));
  }
}
