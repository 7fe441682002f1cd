import { SimActivatedV1 } from '@absah/contracts';
import type { Clock } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { CLOCK } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { hasLostItsSlot } from '../domain/case-progress.js';
import { refusal } from '../domain/errors.js';
import { applyFact } from '../domain/transitions.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { keepNothing, type BeforeCommit } from './idempotency.js';
import { OwnCases } from './own-cases.js';
import { CaseStore } from './ports.js';

interface Activation {
  readonly activated: VerificationCase;
  readonly isNew: boolean;
}

@Injectable()
export class ActivateSim {
  constructor(
    @Inject(OwnCases) private readonly ownCases: OwnCases,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** Asked twice, it activates once and answers the same. */
  async activate(
    caseId: string,
    operatorId: string,
    beforeCommit: BeforeCommit<VerificationCase> = keepNothing,
  ): Promise<VerificationCase> {
    const { activated, isNew } = await this.ownCases.turn(caseId, operatorId, async (tx, current) => {
      const outcome = await this.activateOnce(tx, current);
      await beforeCommit(tx, outcome.activated);
      return outcome;
    });
    if (isNew) this.logger.info('sim activated', { caseId, operatorId });
    return activated;
  }

  private async activateOnce(tx: Transaction, current: VerificationCase): Promise<Activation> {
    if (current.progress.status === 'activated') return { activated: current, isNew: false };
    return { activated: await this.activateNow(tx, current), isNew: true };
  }

  private async activateNow(tx: Transaction, current: VerificationCase): Promise<VerificationCase> {
    const activatedAt = this.clock.now();
    const change = applyFact(current.progress, { kind: 'activated' }, activatedAt);
    if (change.kind === 'unchanged') {
      const isTooLate = hasLostItsSlot(current.progress, activatedAt);
      throw refusal(isTooLate ? 'INTAKE.RESERVATION_EXPIRED' : 'INTAKE.NOT_APPROVED');
    }
    const { admission, stagesMs } = current;
    const activated = { admission, progress: change.progress, stagesMs };
    await this.cases.saveProgress(tx, activated);
    const { caseId, operatorId, subjectRef, sealedNik, sealedMsisdn } = admission;
    tx.emit(
      SimActivatedV1,
      { caseId, operatorId, subjectRef, sealedNik, sealedMsisdn, activatedAt: activatedAt.toISOString() },
      { correlationId: caseId },
    );
    return activated;
  }
}
