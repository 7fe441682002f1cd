import { CaseDecidedV1 } from '@absah/contracts';
import type { Clock } from '@absah/domain-kit';
import { UnitOfWork, type DeliveryContext, type Transaction } from '@absah/messaging';
import { CLOCK } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { applyFact, type CaseDecision, type Change } from '../domain/case-progress.js';
import { refusal } from '../domain/errors.js';
import type { Fact } from '../domain/facts.js';
import { decisionTime, stageTimes, type Milestone } from '../domain/stages.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { CaseStore } from './ports.js';

@Injectable()
export class RecordFact {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async record(delivery: DeliveryContext, caseId: string, fact: Fact): Promise<void> {
    let decided: DecidedCase | undefined;
    await this.unitOfWork.once(delivery, async (tx) => {
      decided = await this.apply(tx, caseId, fact, delivery.envelope.timeline);
    });
    if (decided) this.report(decided);
  }

  private async apply(
    tx: Transaction,
    caseId: string,
    fact: Fact,
    chain: readonly Milestone[],
  ): Promise<DecidedCase | undefined> {
    const current = await this.cases.lock(tx, caseId);
    if (!current) throw refusal('INTAKE.CASE_UNKNOWN');
    const now = this.clock.now();
    const change = applyFact(current.progress, fact, now);
    if (change.kind === 'unchanged') return undefined;
    const changed = withChange(current, change, chain, now);
    await this.cases.saveProgress(tx, changed);
    if (change.kind === 'recorded') return undefined;
    tx.emit(CaseDecidedV1, decisionOf(changed, change.decision));
    return { ...changed, decision: change.decision };
  }

  private report({ admission, progress, decision }: DecidedCase): void {
    this.logger.info('case decided', {
      caseId: admission.caseId,
      operatorId: admission.operatorId,
      decision,
      reasons: progress.reasons,
      durationMs: this.clock.now().getTime() - admission.receivedAt.getTime(),
    });
  }
}

type DecidedCase = VerificationCase & { readonly decision: CaseDecision };

function withChange(
  current: VerificationCase,
  change: Exclude<Change, { kind: 'unchanged' }>,
  chain: readonly Milestone[],
  now: Date,
): VerificationCase {
  const { admission, stagesMs } = current;
  const decision = change.kind === 'decided' ? decisionTime(chain, now) : {};
  return {
    admission,
    progress: change.progress,
    stagesMs: { ...stagesMs, ...stageTimes(admission.receivedAt, chain), ...decision },
  };
}

function decisionOf({ admission, progress }: VerificationCase, decision: CaseDecision) {
  const { caseId, operatorId, subjectRef } = admission;
  const { reasons, matchScore } = progress;
  const scored = matchScore === undefined ? {} : { matchScore };
  return { caseId, operatorId, subjectRef, decision, reasons: [...reasons], ...scored };
}
