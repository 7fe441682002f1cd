import type { CaseProgress, CaseStatus } from '../domain/case-progress.js';
import type { OutcomeReason } from '../domain/reasons.js';
import type { StageTimes } from '../domain/stages.js';
import type { Consent, VerificationCase } from '../domain/verification-case.js';

/** A row of `cases`, as the driver returns it. */
export interface CaseRow {
  readonly id: string;
  readonly operator_id: string;
  readonly subject_ref: string;
  readonly capture_id: string;
  readonly sealed_nik: string;
  readonly sealed_msisdn: string;
  readonly consent: Consent;
  readonly session_id: string | null;
  readonly received_at: Date;
  readonly decide_by: Date;
  readonly due_at: Date | null;
  readonly status: CaseStatus;
  readonly reasons: readonly OutcomeReason[];
  readonly match_score: number | null;
  readonly matched_at: Date | null;
  readonly reservation_id: string | null;
  readonly slot_reserved_at: Date | null;
  readonly reservation_expires_at: Date | null;
  readonly decided_at: Date | null;
  readonly next_attempt_at: Date | null;
  readonly activated_at: Date | null;
  readonly deactivated_at: Date | null;
  readonly stages_ms: StageTimes;
}

export function toCase(row: CaseRow): VerificationCase {
  return {
    admission: {
      caseId: row.id,
      captureId: row.capture_id,
      operatorId: row.operator_id,
      subjectRef: row.subject_ref,
      sealedNik: row.sealed_nik,
      sealedMsisdn: row.sealed_msisdn,
      consent: row.consent,
      ...(row.session_id && { sessionId: row.session_id }),
      receivedAt: row.received_at,
      decideBy: row.decide_by,
    },
    progress: toProgress(row),
    ...(row.due_at && { dueAt: row.due_at }),
    stagesMs: row.stages_ms,
  };
}

function toProgress(row: CaseRow): CaseProgress {
  return {
    status: row.status,
    reasons: row.reasons,
    ...(row.match_score !== null && { matchScore: row.match_score }),
    ...(row.matched_at && { matchedAt: row.matched_at }),
    ...(row.reservation_id && { reservationId: row.reservation_id }),
    ...(row.slot_reserved_at && { slotReservedAt: row.slot_reserved_at }),
    ...(row.reservation_expires_at && { reservationExpiresAt: row.reservation_expires_at }),
    ...(row.decided_at && { decidedAt: row.decided_at }),
    ...(row.next_attempt_at && { nextAttemptAt: row.next_attempt_at }),
    ...(row.activated_at && { activatedAt: row.activated_at }),
    ...(row.deactivated_at && { deactivatedAt: row.deactivated_at }),
  };
}
