import type { FaceMeasures } from './face-measures.js';
import type { QualityReason } from './quality-reason.js';

export interface QualityThresholds {
  readonly minInterEyeDistance: number;
  readonly maxHeadSize: number;
  readonly minMarginOfFace: number;
  readonly minLuminanceMean: number;
  readonly maxLuminanceMean: number;
  readonly minSharpness: number;
  readonly maxYaw: number;
  readonly maxPitch: number;
  readonly maxRoll: number;
  readonly minEyesOpen: number;
}

export type QualityVerdict =
  { readonly kind: 'ok' } | { readonly kind: 'retake'; readonly reasons: readonly QualityReason[] };

// More than a person can mend at once is no help.
const MAX_REASONS = 3;

/** Reasons come in the order in which mending them helps: a face that is out of frame or far also measures
 *  as blurred or turned. */
export function assessQuality(measures: FaceMeasures, limits: QualityThresholds): QualityVerdict {
  const { yaw, pitch, roll } = measures.headPose;
  const level =
    Math.abs(yaw) <= limits.maxYaw && Math.abs(pitch) <= limits.maxPitch && Math.abs(roll) <= limits.maxRoll;
  const lit =
    measures.luminanceMean >= limits.minLuminanceMean && measures.luminanceMean <= limits.maxLuminanceMean;
  // What cannot be seen is not judged: a person told to open eyes that were open would lose faith.
  const unseen = !lit || measures.sharpness < limits.minSharpness;
  // Each demand says what must hold, so that a measure which is not a number fails it.
  const demands: readonly (readonly [QualityReason, boolean])[] = [
    ['two-faces', measures.singleFacePresent],
    ['out-of-frame', measures.marginOfFace >= limits.minMarginOfFace],
    ['too-far', measures.interEyeDistance >= limits.minInterEyeDistance],
    ['too-near', measures.headSize <= limits.maxHeadSize],
    ['too-dark', measures.luminanceMean >= limits.minLuminanceMean],
    ['too-bright', measures.luminanceMean <= limits.maxLuminanceMean],
    ['blurred', measures.sharpness >= limits.minSharpness],
    ['turned', unseen || level],
    ['eyes-closed', unseen || measures.eyesOpen >= limits.minEyesOpen],
  ];
  const reasons = demands.filter(([, met]) => !met).map(([reason]) => reason);
  return reasons.length === 0 ? { kind: 'ok' } : { kind: 'retake', reasons: reasons.slice(0, MAX_REASONS) };
}
