import { CaseDecidedV1 } from '@absah/contracts';
import type { Clock } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { CaptureIntakeConfig } from '../config.js';
import type { CaseDecision, Change } from '../domain/case-progress.js';
import type { Fact } from '../domain/facts.js';
import { decisionTime, stageTimes, type Milestone, type StageTimes } from '../domain/stages.js';
import { applyFact } from '../domain/transitions.js';
import { moveTo, type VerificationCase } from '../domain/verification-case.js';
import { LimitAttempts } from './limit-attempts.js';
import { CaseStore } from './ports.js';
import { timeLimits } from './time-limits.js';

export type DecidedCase = VerificationCase & { readonly decision: CaseDecision };

/** One step of a locked case: what a fact changes is stored, and announced if it decides. */
@Injectable()
export class AdvanceCase {
  constructor(
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(LimitAttempts) private readonly attempts: LimitAttempts,
    @Inject(SERVICE_CONFIG) private readonly config: CaptureIntakeConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async advance(
    tx: Transaction,
    current: VerificationCase,
    fact: Fact,
    chain: readonly Milestone[] = [],
  ): Promise<DecidedCase | undefined> {
    const now = this.clock.now();
    const stated = applyFact(current.progress, fact, now);
    const change = await this.attempts.count(tx, current.admission, stated, now);
    if (change.kind === 'unchanged') return undefined;
    const moved = moveTo(current, change.progress, timeLimits(this.config), now);
    const changed = { ...moved, stagesMs: timesAfter(current, change, chain, now) };
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

/** A case that is approved and expires later keeps the time that its approval took. */
function timesAfter(
  { admission, progress, stagesMs }: VerificationCase,
  change: Change,
  chain: readonly Milestone[],
  now: Date,
): StageTimes {
  const isFirstDecision = change.kind === 'decided' && !progress.decidedAt;
  const decision = isFirstDecision ? decisionTime(chain, now) : {};
  return { ...stagesMs, ...stageTimes(admission.receivedAt, chain), ...decision };
}

function decisionOf({ admission, progress }: VerificationCase, decision: CaseDecision) {
  const { caseId, operatorId, subjectRef } = admission;
  const { reasons, matchScore } = progress;
  const scored = matchScore === undefined ? {} : { matchScore };
  return { caseId, operatorId, subjectRef, decision, reasons: [...reasons], ...scored };
}
