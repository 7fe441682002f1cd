import { faceLength } from './face-points.js';
import { median } from './order-statistics.js';
import type { SeenFace } from './seen-face.js';

// Three face lengths of travel weigh as much as the nose going from the eye line to the mouth.
const LENGTHS_PER_UNIT = 3;

/** The way that head and face take through the burst, by the way that the same frames take on average over
 *  all orders: about 1 for any order drawn by lot, below 0.65 for a movement filmed at four frames a second. */
export function jumpiness(faces: readonly SeenFace[]): number {
  const size = median(faces.map(({ points }) => faceLength(points)));
  const places = faces.map(({ shift, points: { leftEye, rightEye, mouth } }) => [
    shift.x,
    shift.y,
    (leftEye.x + rightEye.x + mouth.x) / (3 * LENGTHS_PER_UNIT * size),
    (leftEye.y + rightEye.y + mouth.y) / (3 * LENGTHS_PER_UNIT * size),
  ]);
  let way = 0;
  let all = 0;
  places.forEach((place, index) => {
    for (let earlier = 0; earlier < index; earlier += 1) {
      const step = euclidean(place, places[earlier] ?? place);
      all += step;
      if (earlier === index - 1) way += step;
    }
  });
  // Each pair is equally likely to be neighbours: 2 / n of all pairs' distances is the mean way.
  return way / ((2 / places.length) * all);
}

function euclidean(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)));
}
