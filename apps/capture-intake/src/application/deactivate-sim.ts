import { SimDeactivatedV1 } from '@absah/contracts';
import type { Clock } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { CLOCK } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { refusal } from '../domain/errors.js';
import { applyFact } from '../domain/transitions.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { keepNothing, type BeforeCommit } from './idempotency.js';
import { OwnCases } from './own-cases.js';
import { CaseStore } from './ports.js';

@Injectable()
export class DeactivateSim {
  constructor(
    @Inject(OwnCases) private readonly ownCases: OwnCases,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** Deregisters the SIM (Q2). Asked twice, it does so once and answers the same. */
  async deactivate(
    caseId: string,
    operatorId: string,
    beforeCommit: BeforeCommit<VerificationCase> = keepNothing,
  ): Promise<VerificationCase> {
    const { deactivated, isNew } = await this.ownCases.turn(caseId, operatorId, async (tx, current) => {
      const isNew = current.progress.status !== 'deactivated';
      const deactivated = isNew ? await this.deactivateNow(tx, current) : current;
      await beforeCommit(tx, deactivated);
      return { deactivated, isNew };
    });
    if (isNew) this.logger.info('sim deactivated', { caseId, operatorId });
    return deactivated;
  }

  private async deactivateNow(tx: Transaction, current: VerificationCase): Promise<VerificationCase> {
    const deactivatedAt = this.clock.now();
    const change = applyFact(current.progress, { kind: 'deactivated' }, deactivatedAt);
    if (change.kind === 'unchanged') throw refusal('INTAKE.NOT_ACTIVATED');
    const deactivated = { ...current, progress: change.progress };
    await this.cases.saveProgress(tx, deactivated);
    const { caseId, operatorId, subjectRef } = current.admission;
    const announced = { caseId, operatorId, subjectRef, deactivatedAt: deactivatedAt.toISOString() };
    tx.emit(SimDeactivatedV1, announced, { correlationId: caseId });
    return deactivated;
  }
}
