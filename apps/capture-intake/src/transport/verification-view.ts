import { burstRefusals, qualityAdvice, type BurstReason } from '@absah/biometrics';
import type { OutcomeReason, VerificationView } from '@absah/contracts';
import { outcomeAdvice, type Advice } from '../domain/advice.js';
import type { VerificationCase } from '../domain/verification-case.js';

const burstAdvice = Object.fromEntries(
  Object.entries(burstRefusals).map(([reason, { advice }]) => [reason, advice]),
) as Readonly<Record<BurstReason, Advice>>;

const ADVICE: Readonly<Record<OutcomeReason, Advice>> = {
  ...burstAdvice,
  ...qualityAdvice,
  ...outcomeAdvice,
};

/** What an operator sees of a case: nothing that names the person. */
export function toView({ admission, progress, stagesMs }: VerificationCase): VerificationView {
  const { status, decidedAt, activatedAt, deactivatedAt, matchScore } = progress;
  const activateBy = status === 'approved' ? progress.reservationExpiresAt : undefined;
  // Assisted verification is no further attempt before a camera.
  const nextAttemptAt = status === 'retake' || status === 'rejected' ? progress.nextAttemptAt : undefined;
  return {
    id: admission.caseId,
    status,
    receivedAt: admission.receivedAt.toISOString(),
    ...(decidedAt && { decidedAt: decidedAt.toISOString() }),
    ...(matchScore !== undefined && { matchScore }),
    reasons: progress.reasons.map((code) => ({ code, advice: ADVICE[code] })),
    ...(activateBy && { activateBy: activateBy.toISOString() }),
    ...(nextAttemptAt && { nextAttemptAt: nextAttemptAt.toISOString() }),
    ...(activatedAt && { activatedAt: activatedAt.toISOString() }),
    ...(deactivatedAt && { deactivatedAt: deactivatedAt.toISOString() }),
    stagesMs,
  };
}

/** Nothing more will happen to it that the operator should wait for. */
export function isFinal({ status }: Pick<VerificationView, 'status'>): boolean {
  return status !== 'processing' && status !== 'parked';
}
