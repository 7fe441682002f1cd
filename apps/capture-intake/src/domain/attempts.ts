import type { CaseProgress, Change } from './case-progress.js';
import type { OutcomeReason } from './reasons.js';

/** How often a person may try, and when again (V8). */
export interface AttemptPolicy {
  readonly pauseMs: number;
  readonly perSession: number;
  readonly perIdentity: number;
  /** A session ends this long after its last activity (V16). */
  readonly sessionIdleMs: number;
}

/** The attempts of one identity within the window, or of one session. */
export interface Tally {
  readonly failures: number;
  /** Not decided yet: each may still fail. */
  readonly open: number;
  readonly nextAttemptAt?: Date;
}

export interface Standing {
  readonly identity: Tally;
  /** Of a session that was not seen before, an empty one. */
  readonly session?: Tally & { readonly lastActivityAt?: Date };
}

export type Admittance =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'session-ended' }
  | { readonly kind: 'assistance-needed' }
  | { readonly kind: 'too-soon'; readonly seconds: number }
  | { readonly kind: 'too-many-open' };

/** Whether another attempt may begin. One in flight takes a place as if it had failed: else a crowd of them would pass any limit. */
export function admitAttempt({ identity, session }: Standing, policy: AttemptPolicy, at: Date): Admittance {
  if (session?.lastActivityAt && at.getTime() - session.lastActivityAt.getTime() >= policy.sessionIdleMs)
    return { kind: 'session-ended' };
  const places = [
    placesIn(identity, policy.perIdentity),
    ...(session ? [placesIn(session, policy.perSession)] : []),
  ];
  if (places.some(({ left }) => left <= 0)) return { kind: 'assistance-needed' };
  const waitMs = Math.max(remaining(identity, at), session ? remaining(session, at) : 0);
  if (waitMs > 0) return { kind: 'too-soon', seconds: Math.ceil(waitMs / 1000) };
  return places.every(({ free }) => free > 0) ? { kind: 'admitted' } : { kind: 'too-many-open' };
}

/** What went wrong on our side, at the registry, or only after the person was recognised. */
const NOBODYS_FAILURE = new Set<OutcomeReason>(['capture-expired', 'quota-cap-reached']);

/** Whether the person, the picture or the number given was found wanting. */
export function isFailedAttempt(change: Change): change is Extract<Change, { kind: 'decided' }> {
  if (change.kind !== 'decided') return false;
  const { decision, progress } = change;
  if (decision !== 'retake' && decision !== 'rejected') return false;
  return !progress.reasons.some((reason) => NOBODYS_FAILURE.has(reason));
}

/** Closes a failed attempt: with a pause before the next one, or, when it was the last, for a clerk to help. */
export function countFailure(
  change: Extract<Change, { kind: 'decided' }>,
  before: Standing,
  policy: AttemptPolicy,
  at: Date,
): Change {
  const progress: CaseProgress = {
    ...change.progress,
    nextAttemptAt: new Date(at.getTime() + policy.pauseMs),
  };
  if (!isLast(before, policy)) return { ...change, progress };
  return {
    kind: 'decided',
    decision: 'needs-assistance',
    progress: {
      ...progress,
      status: 'needs-assistance',
      reasons: ['attempts-exhausted', ...progress.reasons],
    },
  };
}

function isLast({ identity, session }: Standing, policy: AttemptPolicy): boolean {
  if (identity.failures + 1 >= policy.perIdentity) return true;
  return session !== undefined && session.failures + 1 >= policy.perSession;
}

function placesIn({ failures, open }: Tally, limit: number): { left: number; free: number } {
  return { left: limit - failures, free: limit - failures - open };
}

function remaining({ nextAttemptAt }: Tally, at: Date): number {
  return nextAttemptAt ? nextAttemptAt.getTime() - at.getTime() : 0;
}
