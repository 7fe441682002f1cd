type Stage = 'intake' | 'liveness' | 'template' | 'ikd' | 'quota' | 'decision';
export type StageTimes = Readonly<Partial<Record<Stage, number>>>;

/** One event of the causal chain that led to a fact. `at` in epoch milliseconds. */
export interface Milestone {
  readonly name: string;
  readonly at: number;
}

const STAGE_ENDED_BY: Readonly<Record<string, Stage>> = {
  VerificationSubmittedV1: 'intake',
  CapturePassedV1: 'liveness',
  CaptureRetakeRequestedV1: 'liveness',
  CaptureAttackSuspectedV1: 'liveness',
  FaceExtractedV1: 'template',
  FaceLostV1: 'template',
  IdentityMatchedV1: 'ikd',
  IdentityMismatchedV1: 'ikd',
  IdentityRefusedV1: 'ikd',
  IdentityParkedV1: 'ikd',
  SlotReservedV1: 'quota',
  SlotRefusedV1: 'quota',
};

/** Milliseconds that each stage took, read off the chain. A parked case adds its waiting to `ikd`. */
export function stageTimes(receivedAt: Date, chain: readonly Milestone[]): StageTimes {
  const times: Partial<Record<Stage, number>> = {};
  let previous = receivedAt.getTime();
  for (const { name, at } of chain) {
    const stage = STAGE_ENDED_BY[name];
    if (!stage) continue;
    times[stage] = (times[stage] ?? 0) + elapsed(previous, at);
    previous = at;
  }
  return times;
}

/** From the fact that completed the picture to the decision on it. */
export function decisionTime(chain: readonly Milestone[], decidedAt: Date): StageTimes {
  const last = chain.at(-1);
  return last ? { decision: elapsed(last.at, decidedAt.getTime()) } : {};
}

/** The clocks of two hosts may disagree by more than a stage takes. */
function elapsed(from: number, to: number): number {
  return Math.max(0, to - from);
}
