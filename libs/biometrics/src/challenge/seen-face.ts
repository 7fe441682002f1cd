import type { Point } from '../face/geometry.js';
import { nosePosition } from './face-points.js';
import type { FrameObservation, ObservedFace } from './frame-observation.js';
import { median } from './order-statistics.js';

/** Nose shift that counts as a movement: about 17 degrees of turn. On real photographs held, bent and moved
 *  before a camera it stays below 0.15; see docs/explanation/active-liveness.md. */
export const MOVED = 0.18;

/** Below this the head is back at rest. */
export const AT_REST = MOVED / 2;

/** A frame with a face, and how its head stands against the rest of its burst. */
export interface SeenFace extends ObservedFace {
  /** Position in the burst. */
  readonly index: number;
  readonly atMs: number;
  /** Nose position minus that at rest: x grows with a turn to the person's left, y when the head goes down. */
  readonly shift: Point;
}

/** Every face of a burst. At rest is whatever the head does at the start: cameras are held high or low, and
 *  noses differ. */
export function seenFaces(frames: readonly FrameObservation[]): SeenFace[] {
  const seen = frames.flatMap(({ atMs, face }, index) =>
    face ? [{ ...face, index, atMs, nose: nosePosition(face.points) }] : [],
  );
  const rest = restingPosition(seen.map(({ nose }) => nose));
  return seen.map(({ nose, ...face }) => ({ ...face, shift: { x: nose.x - rest.x, y: nose.y - rest.y } }));
}

/** How far the head is turned from rest, in whatever direction. */
export function turnOf({ shift }: SeenFace): number {
  return Math.max(Math.abs(shift.x), Math.abs(shift.y));
}

function restingPosition(noses: readonly Point[]): Point {
  const [start = { x: 0, y: 0 }] = noses;
  const left = noses.findIndex(
    (nose) => Math.max(Math.abs(nose.x - start.x), Math.abs(nose.y - start.y)) > AT_REST,
  );
  const resting = left < 0 ? noses : noses.slice(0, left);
  return { x: median(resting.map(({ x }) => x)), y: median(resting.map(({ y }) => y)) };
}
