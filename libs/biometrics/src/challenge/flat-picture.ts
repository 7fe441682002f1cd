import { faceAspect, faceShift } from './face-points.js';
import { largestButOne, median } from './order-statistics.js';
import type { SeenFace } from './seen-face.js';
import { MOVED, turnOf } from './seen-face.js';

/** Face lengths that a face may travel without the head turning at all before it is a picture being moved.
 *  Sitting people reach 1.0, photographs moved by hand 5. */
const FAR = 1.5;

/** How much the triangle of eyes and mouth may change its shape while the nose stays where it is. A head at
 *  rest reaches 1.17; a real turn by that much would shift the nose by 0.3. The landmark model straightens some
 *  tilted pictures, so that not all are recognised by this. */
const FORESHORTENED = 1.25;

/** Root mean square difference of two patches, of a range of 1, below which they are one and the same picture.
 *  Compressed anew a picture reaches 0.006; before a camera a face that keeps still, or a photograph that lies
 *  still, starts at 0.013. */
const SAME_PICTURE = 0.008;

/** Whether the frames show a picture of a face: it does not move at all, not even by noise, or it moves as a
 *  sheet does. A person who just keeps still is neither. */
export function isFlatPicture(faces: readonly SeenFace[]): boolean {
  const [first] = faces;
  if (!first) return false;
  if (isRepeated(faces)) return true;
  // One frame alone may be a landmark gone astray, hence the largest but one of everything.
  if (largestButOne(faces.map(turnOf)) >= MOVED) return false;
  const far = largestButOne(faces.map(({ points }) => faceShift(first.points, points)));
  const aspects = faces.map(({ points }) => faceAspect(points));
  const shape = largestButOne(aspects) * largestButOne(aspects.map((aspect) => 1 / aspect));
  return far >= FAR || shape >= FORESHORTENED;
}

/** Most frames equal the one before. */
function isRepeated(faces: readonly SeenFace[]): boolean {
  const changes = faces.slice(1).map((face, index) => change(face.alignedGrey, faces[index]?.alignedGrey));
  return median(changes) < SAME_PICTURE;
}

function change(patch: Float32Array, before: Float32Array = patch): number {
  const sum = patch.reduce((total, value, cell) => total + (value - (before[cell] ?? 0)) ** 2, 0);
  return Math.sqrt(sum / patch.length);
}
