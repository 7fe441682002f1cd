import { SimActivatedV1 } from '@absah/contracts';
import type { Clock } from '@absah/domain-kit';
import { UnitOfWork, type Transaction } from '@absah/messaging';
import { CLOCK } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { applyFact, hasLostItsSlot } from '../domain/case-progress.js';
import { refusal } from '../domain/errors.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { CaseStore } from './ports.js';

@Injectable()
export class ActivateSim {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** Asked twice, it activates once and answers the same. */
  async activate(caseId: string, operatorId: string): Promise<VerificationCase> {
    const { activated, isNew } = await this.unitOfWork.run(async (tx) => {
      const current = await this.cases.lock(tx, caseId);
      if (current?.admission.operatorId !== operatorId) throw refusal('INTAKE.VERIFICATION_UNKNOWN');
      if (current.progress.status === 'activated') return { activated: current, isNew: false };
      return { activated: await this.activateNow(tx, current), isNew: true };
    });
    if (isNew) this.logger.info('sim activated', { caseId, operatorId });
    return activated;
  }

  private async activateNow(tx: Transaction, current: VerificationCase): Promise<VerificationCase> {
    const activatedAt = this.clock.now();
    const change = applyFact(current.progress, { kind: 'activated' }, activatedAt);
    if (change.kind === 'unchanged') {
      const isTooLate = hasLostItsSlot(current.progress, activatedAt);
      throw refusal(isTooLate ? 'INTAKE.RESERVATION_EXPIRED' : 'INTAKE.NOT_APPROVED');
    }
    const activated = { ...current, progress: change.progress };
    await this.cases.saveProgress(tx, activated);
    const { caseId, operatorId, subjectRef, sealedNik, sealedMsisdn } = current.admission;
    tx.emit(
      SimActivatedV1,
      { caseId, operatorId, subjectRef, sealedNik, sealedMsisdn, activatedAt: activatedAt.toISOString() },
      { correlationId: caseId },
    );
    return activated;
  }
}
