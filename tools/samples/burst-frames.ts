import type { BurstFrame } from '@absah/inference';
import type { FrameObservation } from '@absah/biometrics';

const FRAME_MS = 300;

/** The observations of a burst as they count for its challenge, filmed without haste. */
export function timed(frames: readonly BurstFrame[], frameMs = FRAME_MS): FrameObservation[] {
  return frames.map((frame, index) => ({
    ...(frame.kind === 'face' ? frame.content : { face: undefined, several: false }),
    atMs: FRAME_MS + index * frameMs,
  }));
}
