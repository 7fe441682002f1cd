import {
  cosine,
  isSuspicion,
  meanDirection,
  selectBestFrames,
  verifyBurst,
  type BurstLimits,
  type BurstRetakeReason,
  type BurstSuspicion,
  type Challenge,
  type FrameObservation,
} from '@absah/biometrics';

export interface SessionLimits extends BurstLimits {
  /** The picture and the burst are minutes and metres apart at most: below this cosine they are not of one person. */
  readonly minSessionCosine: number;
}

export type BurstJudgement =
  | { readonly kind: 'retake'; readonly reason: BurstRetakeReason }
  | { readonly kind: 'attack'; readonly suspicion: BurstSuspicion }
  /** Indices of the frames that may be averaged with the picture, the best first. */
  | { readonly kind: 'live'; readonly companions: readonly number[] };

/** With the picture, as many as gain most: a third capture adds little, a fourth next to nothing. */
const MOST_COMPANIONS = 2;

/** Without a challenge nothing is asked of the frames: those that fit stand beside the picture.
 *  @param picture its embedding, of length one */
export function judgeBurst(
  picture: Float32Array,
  frames: readonly FrameObservation[],
  challenge: Challenge | undefined,
  limits: SessionLimits,
): BurstJudgement {
  if (!challenge) return live(picture, frames, selectBestFrames(frames), limits);
  const verdict = verifyBurst(challenge, frames, limits);
  if (verdict.kind === 'refused') return refused(verdict.reason);
  if (!isSamePerson(picture, frames, limits)) return refused('another-person');
  return live(picture, frames, verdict.bestFrames, limits);
}

function refused(reason: BurstRetakeReason | BurstSuspicion): BurstJudgement {
  return isSuspicion(reason) ? { kind: 'attack', suspicion: reason } : { kind: 'retake', reason };
}

/** Against all frames together: one turned far away says little about who it is. */
function isSamePerson(
  picture: Float32Array,
  frames: readonly FrameObservation[],
  { minSessionCosine }: SessionLimits,
): boolean {
  const embeddings = frames.flatMap(({ face }) => (face ? [face.embedding] : []));
  return embeddings.length > 0 && cosine(picture, meanDirection(embeddings)) >= minSessionCosine;
}

/** A frame stands for the person only if it would pass as a picture of its own. */
function live(
  picture: Float32Array,
  frames: readonly FrameObservation[],
  best: readonly number[],
  { minSessionCosine, minLivenessScore }: SessionLimits,
): BurstJudgement {
  const companions = best.filter((index) => {
    const face = frames[index]?.face;
    return (
      face?.passesGate &&
      face.livenessScore >= minLivenessScore &&
      cosine(picture, face.embedding) >= minSessionCosine
    );
  });
  return { kind: 'live', companions: companions.slice(0, MOST_COMPANIONS) };
}
