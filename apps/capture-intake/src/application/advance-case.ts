import { CaseDecidedV1 } from '@absah/contracts';
import type { Clock } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { CLOCK } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { applyFact, type CaseDecision, type Change } from '../domain/case-progress.js';
import type { Fact } from '../domain/facts.js';
import { decisionTime, stageTimes, type Milestone } from '../domain/stages.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { CaseStore } from './ports.js';

export type DecidedCase = VerificationCase & { readonly decision: CaseDecision };

/** One step of a locked case: what a fact changes is stored, and announced if it decides. */
@Injectable()
export class AdvanceCase {
  constructor(
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async advance(
    tx: Transaction,
    current: VerificationCase,
    fact: Fact,
    chain: readonly Milestone[],
  ): Promise<DecidedCase | undefined> {
    const now = this.clock.now();
    const change = applyFact(current.progress, fact, now);
    if (change.kind === 'unchanged') return undefined;
    const changed = withChange(current, change, chain, now);
    await this.cases.saveProgress(tx, changed);
    if (change.kind === 'recorded') return undefined;
    const { caseId } = current.admission;
    tx.emit(CaseDecidedV1, decisionOf(changed, change.decision), { correlationId: caseId });
    return { ...changed, decision: change.decision };
  }

  /** Call it once the transaction is committed. */
  report({ admission, progress, decision }: DecidedCase): void {
    this.logger.info('case decided', {
      caseId: admission.caseId,
      operatorId: admission.operatorId,
      decision,
      reasons: progress.reasons,
      durationMs: this.clock.now().getTime() - admission.receivedAt.getTime(),
    });
  }
}

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
