import type { FrameObservation, ObservedFace } from './frame-observation.js';

const MAX_BEST_FRAMES = 3;

/** At most three frames that may stand for the person, the best first: the gate lets them pass, and of those
 *  the sharpest that look straightest into the camera. */
export function selectBestFrames(frames: readonly FrameObservation[]): number[] {
  return frames
    .flatMap(({ face, several }, index) =>
      face?.passesGate && !several ? [{ index, merit: merit(face) }] : [],
    )
    .sort((a, b) => b.merit - a.merit)
    .slice(0, MAX_BEST_FRAMES)
    .map(({ index }) => index);
}

/** Sharpness discounted by the turn of the head. */
function merit({ pose, sharpness }: ObservedFace): number {
  const radians = Math.PI / 180;
  return sharpness * Math.cos(pose.yaw * radians) * Math.cos(pose.pitch * radians);
}
