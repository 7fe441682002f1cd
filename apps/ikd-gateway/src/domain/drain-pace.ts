/** How fast parked cases go out to a registry that has just come back (G4). */
export interface PacePolicy {
  readonly startPerSecond: number;
  readonly topPerSecond: number;
  /** Between two steps of the rate, so that a step is judged by its own answers. */
  readonly stepMs: number;
  /** Questions that may go out at once, however long none did. */
  readonly burst: number;
}

export interface Pace {
  readonly perSecond: number;
  /** Epoch milliseconds of the last step, up or down. */
  readonly steppedAt: number;
  /** Epoch milliseconds of the last step down. */
  readonly slowedAt: number;
  /** Questions that might have gone out at `creditedAt` and did not. */
  readonly credit: number;
  readonly creditedAt: number;
}

/** One question, and no faster than the start rate from there. */
export function slowStart(now: number, { startPerSecond }: PacePolicy): Pace {
  return { perSecond: startPerSecond, steppedAt: now, slowedAt: -Infinity, credit: 1, creditedAt: now };
}

/** Questions that may go out now. */
export function allowance(pace: Pace, now: number, policy: PacePolicy): number {
  return Math.floor(creditAt(pace, now, policy));
}

export function afterAsking(pace: Pace, questions: number, now: number, policy: PacePolicy): Pace {
  return { ...pace, credit: creditAt(pace, now, policy) - questions, creditedAt: now };
}

/** Milliseconds until there is an allowance again. */
export function untilNext(pace: Pace, now: number, policy: PacePolicy): number {
  return Math.max(0, Math.ceil(((1 - creditAt(pace, now, policy)) * 1_000) / pace.perSecond));
}

/** Doubles while answers are good, halves on a poor one; each at most once per step. */
export function afterAnswer(pace: Pace, good: boolean, now: number, policy: PacePolicy): Pace {
  return good ? faster(pace, now, policy) : slower(pace, now, policy);
}

function faster(pace: Pace, now: number, policy: PacePolicy): Pace {
  if (now - pace.steppedAt < policy.stepMs || pace.perSecond >= policy.topPerSecond) return pace;
  const perSecond = Math.min(policy.topPerSecond, pace.perSecond * 2);
  return { ...settled(pace, now, policy), perSecond, steppedAt: now };
}

/** The questions that were out together fail together: that is one reason to slow down, not many. */
function slower(pace: Pace, now: number, policy: PacePolicy): Pace {
  if (now - pace.slowedAt < policy.stepMs) return pace;
  const perSecond = Math.max(policy.startPerSecond, pace.perSecond / 2);
  return { ...settled(pace, now, policy), perSecond, steppedAt: now, slowedAt: now };
}

/** What was earned so far was earned at the old rate. */
function settled(pace: Pace, now: number, policy: PacePolicy): Pace {
  return { ...pace, credit: creditAt(pace, now, policy), creditedAt: now };
}

function creditAt({ credit, creditedAt, perSecond }: Pace, now: number, { burst }: PacePolicy): number {
  return Math.min(burst, credit + (Math.max(0, now - creditedAt) * perSecond) / 1_000);
}
