import type { OutcomeReason } from './reasons.js';

export const CASE_STATUSES = [
  'processing',
  'parked',
  'approved',
  'needs-assistance',
  'activated',
  'rejected',
  'retake',
  'expired',
  'cancelled',
  'deactivated',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** How far a case got. Only `applyFact` and `countFailure` make a new one. */
export interface CaseProgress {
  readonly status: CaseStatus;
  readonly reasons: readonly OutcomeReason[];
  readonly matchScore?: number;
  readonly matchedAt?: Date;
  readonly reservationId?: string;
  readonly slotReservedAt?: Date;
  readonly reservationExpiresAt?: Date;
  /** When the operator could first act; a parked case has none yet. */
  readonly decidedAt?: Date;
  /** Of a failed or abandoned attempt (V8): no other attempt of this person or session is admitted before. */
  readonly nextAttemptAt?: Date;
  readonly activatedAt?: Date;
  readonly deactivatedAt?: Date;
}

export type CaseDecision = Exclude<CaseStatus, 'processing' | 'activated' | 'deactivated'>;

export type Change =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'recorded'; readonly progress: CaseProgress }
  | { readonly kind: 'decided'; readonly progress: CaseProgress; readonly decision: CaseDecision };

export const openedProgress: CaseProgress = { status: 'processing', reasons: [] };

/** By the registry. A slot is asked for only after a match, so word of one that comes first says the same. */
export function isRecognised({ matchedAt, slotReservedAt }: CaseProgress): boolean {
  return matchedAt !== undefined || slotReservedAt !== undefined;
}

/**
 * The slot is no longer this case's to activate, whether or not the ledger has said so yet: activating
 * now could make one SIM too many.
 */
export function hasLostItsSlot({ status, reservationExpiresAt }: CaseProgress, at: Date): boolean {
  if (status === 'expired') return true;
  return status === 'approved' && (!reservationExpiresAt || reservationExpiresAt <= at);
}
