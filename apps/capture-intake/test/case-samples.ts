import { openedProgress, type CaseProgress, type Change } from '../src/domain/case-progress.js';
import { countFailure, isFailedAttempt, type AttemptPolicy, type Standing } from '../src/domain/attempts.js';
import type { Fact, FactKind } from '../src/domain/facts.js';
import { applyFact } from '../src/domain/transitions.js';

export const earlier = new Date('2026-07-01T08:00:00.000Z');
export const now = new Date('2026-07-01T08:00:01.000Z');
export const later = new Date('2026-07-01T08:30:00.000Z');

/** One of each kind. */
export const facts = {
  'retake-requested': { kind: 'retake-requested', reasons: ['blurred', 'too-dark'] },
  'attack-suspected': { kind: 'attack-suspected' },
  'face-lost': { kind: 'face-lost', reasons: ['capture-expired'] },
  mismatched: { kind: 'mismatched', matchScore: 0.2 },
  refused: { kind: 'refused', reason: 'subject-deceased' },
  parked: { kind: 'parked' },
  matched: { kind: 'matched', matchScore: 0.97 },
  'slot-reserved': { kind: 'slot-reserved', reservationId: 'r1', expiresAt: later },
  'slot-refused': { kind: 'slot-refused' },
  'slot-released': { kind: 'slot-released', reservationId: 'r1' },
  activated: { kind: 'activated' },
  deactivated: { kind: 'deactivated' },
  cancelled: { kind: 'cancelled' },
  overdue: { kind: 'overdue' },
} as const satisfies { [Kind in FactKind]: Extract<Fact, { kind: Kind }> };
export const FACT_KINDS = Object.keys(facts) as FactKind[];

export const match = { matchScore: 0.97, matchedAt: earlier };
const slot = { reservationId: 'r1', slotReservedAt: earlier, reservationExpiresAt: later };
export const approvedCase: CaseProgress = {
  status: 'approved',
  reasons: [],
  ...match,
  ...slot,
  decidedAt: earlier,
};

/** Every status, and what matters within it. */
export const states = {
  processing: openedProgress,
  'processing, matched': { ...openedProgress, ...match },
  'processing, slot reserved': { ...openedProgress, ...slot },
  parked: { status: 'parked', reasons: ['registry-unavailable'] },
  approved: approvedCase,
  'approved, reservation over': { ...approvedCase, reservationExpiresAt: now },
  'needs-assistance': {
    status: 'needs-assistance',
    reasons: ['attempts-exhausted', 'blurred'],
    decidedAt: earlier,
    nextAttemptAt: later,
  },
  activated: { ...approvedCase, status: 'activated', activatedAt: earlier },
  rejected: { status: 'rejected', reasons: ['face-mismatch'], matchScore: 0.1, decidedAt: earlier },
  retake: { status: 'retake', reasons: ['blurred'], decidedAt: earlier },
  expired: { ...approvedCase, status: 'expired', reasons: ['not-activated-in-time'] },
  cancelled: { ...approvedCase, status: 'cancelled' },
  deactivated: { ...approvedCase, status: 'deactivated', activatedAt: earlier, deactivatedAt: earlier },
} as const satisfies Record<string, CaseProgress>;
export type StateName = keyof typeof states;
export const STATE_NAMES = Object.keys(states) as StateName[];

const policy: AttemptPolicy = { pauseMs: 30_000, perSession: 5, perIdentity: 8, sessionIdleMs: 900_000 };
export const fresh: Standing = { identity: { failures: 0, open: 1 } };
export const exhausted: Standing = { identity: { failures: policy.perIdentity - 1, open: 1 } };

/** As `AdvanceCase` does it: the fact, and what it means to the attempts. */
export function step(progress: CaseProgress, fact: Fact, before: Standing, at = now): Change {
  const change = applyFact(progress, fact, at);
  return isFailedAttempt(change) ? countFailure(change, before, policy, at) : change;
}
