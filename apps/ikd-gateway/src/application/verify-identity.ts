import { IdentityParkedV1 } from '@absah/contracts';
import type { Clock } from '@absah/domain-kit';
import { ageOf, UnitOfWork, type DeliveryContext, type Transaction } from '@absah/messaging';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { IkdGatewayConfig } from '../config.js';
import { AskRegistry, withoutAsking, type Attempt } from './ask-registry.js';
import { emitDecision } from './emit-decision.js';
import { ACCESS_LOG, PARKED_CASES, type AccessLog, type IdentityCase, type ParkedCases } from './ports.js';
import { RetryDelay } from './retry-delay.js';

/**
 * A template arrived: asks the registry, and decides or parks the case. One that comes late is parked at once:
 * the drain first finds out whether it is still open, as the registry is asked about nobody without need (G5).
 */
@Injectable()
export class VerifyIdentity {
  constructor(
    @Inject(AskRegistry) private readonly registry: AskRegistry,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ACCESS_LOG) private readonly accesses: AccessLog,
    @Inject(PARKED_CASES) private readonly parkedCases: ParkedCases,
    @Inject(RetryDelay) private readonly delay: RetryDelay,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<IkdGatewayConfig, 'REGISTRY_DELAY_LIMIT_MS'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async execute(identity: IdentityCase, delivery: DeliveryContext): Promise<void> {
    const now = this.clock.now();
    if (identity.decideBy <= now) return this.letGo(identity, delivery);
    const isLate = ageOf(delivery, now) >= this.config.REGISTRY_DELAY_LIMIT_MS;
    const attempt = isLate ? withoutAsking(identity, 'busy') : await this.registry.ask(identity, 'new');
    const taken = await this.unitOfWork.once(delivery, async (tx) => {
      await this.record(tx, identity, attempt);
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

  /** Nobody waits for an answer any more, and the registry is not asked about anybody without need. */
  private async letGo({ caseId }: IdentityCase, delivery: DeliveryContext): Promise<void> {
    const taken = await this.unitOfWork.once(delivery, async () => {});
    if (taken === 'done') this.logger.warn('case came after its deadline', { caseId });
  }

  /** The message was handled before, yet the registry was asked again: that is an access as well (G5). */
  private async recordRepetition(identity: IdentityCase, attempt: Attempt): Promise<void> {
    if (attempt.accesses.length > 0) await this.unitOfWork.run((tx) => this.record(tx, identity, attempt));
  }

  private async record(tx: Transaction, identity: IdentityCase, { accesses }: Attempt): Promise<void> {
    for (const access of accesses) await this.accesses.add(tx, identity, access);
  }
}
