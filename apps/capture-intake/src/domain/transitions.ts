import {
  hasLostItsSlot,
  isRecognised,
  type CaseDecision,
  type CaseProgress,
  type CaseStatus,
  type Change,
} from './case-progress.js';
import type { FactKind, FactOf } from './facts.js';
import type { BurstSuspicion, OutcomeReason } from './reasons.js';

interface Transition<Kind extends FactKind> {
  /** Where a case may stand afterwards. Documentation is made from it, and a test holds `take` to it. */
  readonly to: readonly CaseStatus[];
  readonly take: (progress: CaseProgress, fact: FactOf[Kind], at: Date) => Change;
}

type Transitions = { readonly [Kind in FactKind]?: Transition<Kind> };

const unchanged: Change = { kind: 'unchanged' };

/** A failed attempt may be the last that the person or the session had (V8); `countFailure` says so. */
const failed = (status: 'retake' | 'rejected') => [status, 'needs-assistance'] as const;

/** What ends a case for as long as it is neither approved nor over. */
const whileUndecided: Transitions = {
  'retake-requested': {
    to: failed('retake'),
    take: (progress, { reasons }, at) => decided(progress, 'retake', reasons, at),
  },
  'face-lost': {
    to: failed('retake'),
    take: (progress, { reasons }, at) => decided(progress, 'retake', reasons, at),
  },
  'attack-suspected': {
    to: failed('rejected'),
    take: (progress, { suspicion }, at) => decided(progress, 'rejected', attackReasons(suspicion), at),
  },
  mismatched: {
    to: failed('rejected'),
    take: (progress, { matchScore }, at) =>
      decided({ ...progress, matchScore }, 'rejected', ['face-mismatch'], at),
  },
  refused: {
    to: failed('rejected'),
    take: (progress, { reason }, at) => decided(progress, 'rejected', [reason], at),
  },
  'slot-refused': {
    to: ['rejected'],
    take: (progress, _, at) => decided(progress, 'rejected', ['quota-cap-reached'], at),
  },
  'slot-released': { to: ['expired'], take: release },
  cancelled: { to: ['cancelled'], take: abandon },
};

/**
 * Every way in which a case moves: from a status, by a fact, to others. A fact that a status does not list is
 * late, repeated or of no concern, and leaves the case as it is.
 */
export const TRANSITIONS: Readonly<Record<CaseStatus, Transitions>> = {
  processing: {
    ...whileUndecided,
    matched: { to: ['processing', 'approved'], take: match },
    'slot-reserved': { to: ['processing', 'approved'], take: reserve },
    parked: { to: ['parked'], take: park },
    overdue: { to: ['retake', 'expired'], take: giveUpProcessing },
  },
  parked: {
    ...whileUndecided,
    matched: { to: ['processing'], take: match },
    'slot-reserved': { to: ['processing'], take: reserve },
    overdue: {
      to: ['expired'],
      take: (progress, _, at) => decided(progress, 'expired', ['not-decided-in-time'], at),
    },
  },
  approved: {
    activated: { to: ['activated'], take: activate },
    'slot-released': { to: ['expired'], take: release },
    overdue: {
      to: ['expired'],
      take: (progress, _, at) => decided(progress, 'expired', ['not-activated-in-time'], at),
    },
    cancelled: { to: ['cancelled'], take: cancel },
  },
  'needs-assistance': {
    overdue: {
      to: ['expired'],
      take: (progress, _, at) => decided(progress, 'expired', ['not-assisted-in-time'], at),
    },
    cancelled: { to: ['cancelled'], take: cancel },
  },
  activated: {
    deactivated: {
      to: ['deactivated'],
      take: (progress, _, at) => ({
        kind: 'recorded',
        progress: { ...progress, status: 'deactivated', deactivatedAt: at },
      }),
    },
  },
  rejected: {},
  retake: {},
  expired: {},
  cancelled: {},
  deactivated: {},
};

/** What a fact makes of a case. Not the last word on a failed attempt: see `countFailure`. */
export function applyFact<Kind extends FactKind>(
  progress: CaseProgress,
  fact: FactOf[Kind] & { readonly kind: Kind },
  at: Date,
): Change {
  const transition: Transition<Kind> | undefined = TRANSITIONS[progress.status][fact.kind];
  return transition ? transition.take(progress, fact, at) : unchanged;
}

function attackReasons(suspicion: BurstSuspicion | undefined): readonly OutcomeReason[] {
  return suspicion ? ['presentation-attack', suspicion] : ['presentation-attack'];
}

function match(progress: CaseProgress, { matchScore }: FactOf['matched'], at: Date): Change {
  return progress.matchedAt ? unchanged : advanced({ ...progress, matchedAt: at, matchScore }, at);
}

function reserve(
  progress: CaseProgress,
  { reservationId, expiresAt }: FactOf['slot-reserved'],
  at: Date,
): Change {
  if (progress.slotReservedAt) return unchanged;
  return advanced({ ...progress, slotReservedAt: at, reservationId, reservationExpiresAt: expiresAt }, at);
}

/** A reserved slot is no proof of a match, and a match is no slot: approval takes both, in either order. */
function advanced(progress: CaseProgress, at: Date): Change {
  if (progress.matchedAt && progress.slotReservedAt) return decided(progress, 'approved', [], at);
  return { kind: 'recorded', progress: { ...progress, status: 'processing', reasons: [] } };
}

/** A match or a slot already recorded means that the registry answered since: the parking is old news. */
function park(progress: CaseProgress): Change {
  if (isRecognised(progress)) return unchanged;
  const parked: CaseProgress = { ...progress, status: 'parked', reasons: ['registry-unavailable'] };
  return { kind: 'decided', progress: parked, decision: 'parked' };
}

/** Without its slot a case can never be approved, whichever of its other facts are still on their way. */
function release(progress: CaseProgress, { reservationId }: FactOf['slot-released'], at: Date): Change {
  if (progress.reservationId && progress.reservationId !== reservationId) return unchanged;
  const reason = progress.status === 'approved' ? 'not-activated-in-time' : 'not-decided-in-time';
  return decided(progress, 'expired', [reason], at);
}

/** A picture is gone by now. Who was recognised already needs no other one, only another try. */
function giveUpProcessing(progress: CaseProgress, _: FactOf['overdue'], at: Date): Change {
  if (isRecognised(progress)) return decided(progress, 'expired', ['not-decided-in-time'], at);
  return decided(progress, 'retake', ['capture-expired'], at);
}

function activate(progress: CaseProgress, _: FactOf['activated'], at: Date): Change {
  if (hasLostItsSlot(progress, at)) return unchanged;
  return { kind: 'recorded', progress: { ...progress, status: 'activated', activatedAt: at } };
}

function cancel(progress: CaseProgress, _: FactOf['cancelled'], at: Date): Change {
  return decided(progress, 'cancelled', [], at);
}

/** It keeps the place that it took among the attempts (V8): else whoever cancels in time could try for ever. */
function abandon(progress: CaseProgress, fact: FactOf['cancelled'], at: Date): Change {
  return cancel({ ...progress, nextAttemptAt: at }, fact, at);
}

function decided(
  progress: CaseProgress,
  decision: Exclude<CaseDecision, 'parked'>,
  reasons: readonly OutcomeReason[],
  at: Date,
): Change {
  const decidedAt = progress.decidedAt ?? at;
  return { kind: 'decided', decision, progress: { ...progress, status: decision, reasons, decidedAt } };
}
