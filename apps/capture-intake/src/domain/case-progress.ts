import { assertNever } from '@absah/domain-kit';
import type { Fact } from './facts.js';
import type { BurstSuspicion, OutcomeReason } from './reasons.js';

export type CaseStatus =
  'processing' | 'parked' | 'approved' | 'rejected' | 'retake' | 'activated' | 'expired';

/** How far a case got. Only `applyFact` makes a new one. */
export interface CaseProgress {
  readonly status: CaseStatus;
  readonly reasons: readonly OutcomeReason[];
  readonly matchScore?: number;
  readonly matchedAt?: Date;
  readonly reservationId?: string;
  readonly slotReservedAt?: Date;
  readonly reservationExpiresAt?: Date;
  /** When the operator could act; a parked case has none yet. */
  readonly decidedAt?: Date;
  readonly activatedAt?: Date;
}

export type CaseDecision = 'approved' | 'rejected' | 'retake' | 'parked';

export type Change =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'recorded'; readonly progress: CaseProgress }
  | { readonly kind: 'decided'; readonly progress: CaseProgress; readonly decision: CaseDecision };

export const openedProgress: CaseProgress = { status: 'processing', reasons: [] };

const unchanged: Change = { kind: 'unchanged' };

/** The only way a case moves. A fact that is late or repeated leaves it as it is. */
export function applyFact(progress: CaseProgress, fact: Fact, at: Date): Change {
  switch (progress.status) {
    case 'processing':
    case 'parked':
      return whileOpen(progress, fact, at);
    case 'approved':
      return whileApproved(progress, fact, at);
    case 'rejected':
    case 'retake':
    case 'activated':
    case 'expired':
      return unchanged;
    default:
      return assertNever(progress.status);
  }
}

/**
 * The slot is no longer this case's to activate, whether or not the ledger has said so yet: activating
 * now could make one SIM too many.
 */
export function hasLostItsSlot({ status, reservationExpiresAt }: CaseProgress, at: Date): boolean {
  if (status === 'expired') return true;
  return status === 'approved' && (!reservationExpiresAt || reservationExpiresAt <= at);
}

function whileOpen(progress: CaseProgress, fact: Fact, at: Date): Change {
  switch (fact.kind) {
    case 'retake-requested':
    case 'face-lost':
      return decided(progress, 'retake', fact.reasons, at);
    case 'attack-suspected':
      return decided(progress, 'rejected', attackReasons(fact.suspicion), at);
    case 'mismatched':
      return decided({ ...progress, matchScore: fact.matchScore }, 'rejected', ['face-mismatch'], at);
    case 'refused':
      return decided(progress, 'rejected', [fact.reason], at);
    case 'slot-refused':
      return decided(progress, 'rejected', ['quota-cap-reached'], at);
    case 'parked':
      return park(progress);
    case 'matched':
      return progress.matchedAt
        ? unchanged
        : advanced({ ...progress, matchedAt: at, matchScore: fact.matchScore }, at);
    case 'slot-reserved':
      return progress.slotReservedAt ? unchanged : reserve(progress, fact, at);
    case 'slot-released':
      return release(progress, fact.reservationId);
    case 'timed-out':
      // A parked case waits for the registry, which may take days.
      return progress.status === 'parked' ? unchanged : decided(progress, 'retake', ['capture-expired'], at);
    case 'activated':
      return unchanged;
    default:
      return assertNever(fact);
  }
}

function whileApproved(progress: CaseProgress, fact: Fact, at: Date): Change {
  if (fact.kind === 'activated') {
    if (hasLostItsSlot(progress, at)) return unchanged;
    return { kind: 'recorded', progress: { ...progress, status: 'activated', activatedAt: at } };
  }
  return fact.kind === 'slot-released' ? release(progress, fact.reservationId) : unchanged;
}

function attackReasons(suspicion: BurstSuspicion | undefined): readonly OutcomeReason[] {
  return suspicion ? ['presentation-attack', suspicion] : ['presentation-attack'];
}

/** A reserved slot is no proof of a match, and a match is no slot: approval takes both, in either order. */
function advanced(progress: CaseProgress, at: Date): Change {
  if (progress.matchedAt && progress.slotReservedAt) return decided(progress, 'approved', [], at);
  return { kind: 'recorded', progress: { ...progress, status: 'processing', reasons: [] } };
}

function reserve(
  progress: CaseProgress,
  { reservationId, expiresAt }: Extract<Fact, { kind: 'slot-reserved' }>,
  at: Date,
): Change {
  return advanced({ ...progress, slotReservedAt: at, reservationId, reservationExpiresAt: expiresAt }, at);
}

/** A match or a slot already recorded means that the registry answered since: the parking is old news. */
function park(progress: CaseProgress): Change {
  if (progress.status === 'parked' || progress.matchedAt || progress.slotReservedAt) return unchanged;
  const parked: CaseProgress = { ...progress, status: 'parked', reasons: ['registry-unavailable'] };
  return { kind: 'decided', progress: parked, decision: 'parked' };
}

/** Without its slot a case can never be approved, whichever of its other facts are still on their way. */
function release(progress: CaseProgress, reservationId: string): Change {
  if (progress.reservationId && progress.reservationId !== reservationId) return unchanged;
  return { kind: 'recorded', progress: { ...progress, status: 'expired', reasons: [] } };
}

function decided(
  progress: CaseProgress,
  decision: Exclude<CaseDecision, 'parked'>,
  reasons: readonly OutcomeReason[],
  at: Date,
): Change {
  return {
    kind: 'decided',
    decision,
    progress: { ...progress, status: decision, reasons, decidedAt: at },
  };
}
