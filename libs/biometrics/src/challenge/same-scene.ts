import type { Box } from '../face/geometry.js';
import { SCENE_SIDE } from './frame-measures.js';
import { groupsOf } from './groups.js';
import type { SeenFace } from './seen-face.js';
import { MOVED, turnOf } from './seen-face.js';

/** Mean difference of two surroundings, in square roots of light (about as the eye sees it, range 1), up to
 *  which they are one scene. A camera in the hand stays below 0.09 from frame to frame. */
const SAME_SCENE = 0.12;

/** Cells that two frames must both have free of the person: a tenth of the frame. */
const MIN_SHARED_CELLS = 6;

/** Whether all frames were taken in one place, so far as that can be seen beside the face. The camera may move:
 *  frames are linked through those between. Surroundings that look alike at this coarseness are not told apart.
 *
 *  Only heads at rest count: one bent towards the camera fills the frame with hair, and the camera answers with
 *  another exposure and white balance. */
export function isOneScene(faces: readonly SeenFace[]): boolean {
  const surroundings = faces
    .filter((face) => turnOf(face) < MOVED)
    .map(({ scene, box }, order) => ({ order, brightness: scene.map(Math.sqrt), free: freeCells(box) }))
    .filter(({ free }) => free.length >= MIN_SHARED_CELLS);
  const [, ...others] = groupsOf(surroundings, isLinked);
  return others.every((group) => group.length < 2);
}

interface Surroundings {
  readonly order: number;
  readonly brightness: Float32Array;
  readonly free: readonly number[];
}

/** Where a face has crossed the frame, the next frame gets the benefit of the doubt, but no later one. */
function isLinked(a: Surroundings, b: Surroundings): boolean {
  const apart = difference(a, b);
  return Number.isNaN(apart) ? Math.abs(a.order - b.order) === 1 : apart <= SAME_SCENE;
}

/** NaN when there is too little to compare. */
function difference(a: Surroundings, b: Surroundings): number {
  const shared = a.free.filter((cell) => b.free.includes(cell));
  if (shared.length < MIN_SHARED_CELLS) return NaN;
  let sum = 0;
  for (const cell of shared) {
    for (let value = cell * 3; value < cell * 3 + 3; value += 1) {
      sum += Math.abs((a.brightness[value] ?? 0) - (b.brightness[value] ?? 0));
    }
  }
  return sum / (shared.length * 3);
}

/** Cells without head, hair or shoulders. */
export function freeCells(face: Box): number[] {
  const left = face.left - 0.1 * face.width;
  const right = face.left + 1.1 * face.width;
  const top = face.top - 0.3 * face.height;
  const bottom = face.top + face.height;
  return Array.from({ length: SCENE_SIDE ** 2 }, (_, cell) => cell).filter((cell) => {
    const column = cell % SCENE_SIDE;
    const row = Math.trunc(cell / SCENE_SIDE);
    const beside = (column + 1) / SCENE_SIDE <= left || column / SCENE_SIDE >= right;
    const above = (row + 1) / SCENE_SIDE <= top;
    return (beside || above) && (row + 1) / SCENE_SIDE <= bottom;
  });
}
