import { cosine } from '../template/embedding.js';
import { groupsOf } from './groups.js';
import { median } from './order-statistics.js';
import type { SeenFace } from './seen-face.js';
import { MOVED, turnOf } from './seen-face.js';

/** Whether all frames show one person. A head that is turned far resembles its own portrait little, so frames
 *  are linked through those between. */
export function isOnePerson(faces: readonly SeenFace[], minCosine: number): boolean {
  const [, ...others] = groupsOf(faces, (a, b) => cosine(a.embedding, b.embedding) >= minCosine);
  const blurred = median(faces.map(({ sharpness }) => sharpness)) / 2;
  // A single frame that resembles no other may be one blurred by motion. Sharp and at rest it is somebody else.
  const plain = (face: SeenFace) => turnOf(face) < MOVED && face.sharpness >= blurred;
  return others.every((group) => group.length < 2 && !group.some(plain));
}
