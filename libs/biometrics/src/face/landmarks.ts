import type { Box, Point } from './geometry.js';
import { distance, meanPoint } from './geometry.js';

/** The 68 points of the iBUG annotation, in pixels of the image. */
export type Landmarks = readonly Point[];

const LANDMARK_COUNT = 68;

// Corners (36, 39 and 42, 45) are left out: they move with the lids less evenly than the lid points.
const IMAGE_LEFT_EYE = [37, 38, 40, 41];
const IMAGE_RIGHT_EYE = [43, 44, 46, 47];
const NOSE_TIP = [30];
const IMAGE_LEFT_MOUTH = [48, 60];
const IMAGE_RIGHT_MOUTH = [54, 64];
const INNER_LIPS = [62, 66] as const;

/** @param shares x, y pairs relative to `square`, as the landmark model answers */
export function readLandmarks(shares: Float32Array, square: Box): Landmarks {
  return Array.from({ length: LANDMARK_COUNT }, (_, index) => ({
    x: square.left + (shares[index * 2] ?? 0) * square.width,
    y: square.top + (shares[index * 2 + 1] ?? 0) * square.height,
  }));
}

/** Point by point, of several readings of one face. */
export function meanLandmarks(readings: readonly Landmarks[]): Landmarks {
  return Array.from({ length: LANDMARK_COUNT }, (_, index) =>
    meanPoint(readings.map((landmarks) => pointAt(landmarks, index))),
  );
}

function mean(landmarks: Landmarks, indices: readonly number[]): Point {
  return meanPoint(indices.map((index) => pointAt(landmarks, index)));
}

function pointAt(landmarks: Landmarks, index: number): Point {
  const point = landmarks[index];
  if (!point) throw new RangeError(`landmark ${index} is missing`);
  return point;
}

/** Eyes, nose tip and mouth corners, from left to right in the image. */
export function fivePoints(landmarks: Landmarks): readonly Point[] {
  const groups = [IMAGE_LEFT_EYE, IMAGE_RIGHT_EYE, NOSE_TIP, IMAGE_LEFT_MOUTH, IMAGE_RIGHT_MOUTH];
  return groups.map((group) => mean(landmarks, group));
}

export interface Eye {
  readonly centre: Point;
  readonly width: number;
}

/** Both eyes, from left to right in the image. */
export function eyes(landmarks: Landmarks): readonly [Eye, Eye] {
  return [eye(landmarks, 36), eye(landmarks, 42)];
}

/** @param first index of the left corner; five more points of this eye follow it */
function eye(landmarks: Landmarks, first: number): Eye {
  return {
    centre: mean(
      landmarks,
      [0, 1, 2, 3, 4, 5].map((offset) => first + offset),
    ),
    width: distance(pointAt(landmarks, first), pointAt(landmarks, first + 3)),
  };
}

export function interEyeDistance(landmarks: Landmarks): number {
  const [left, right] = eyes(landmarks);
  return distance(left.centre, right.centre);
}

/** Between the inner edges of the lips, in distances between the eyes. */
export function mouthOpening(landmarks: Landmarks): number {
  const [upper, lower] = INNER_LIPS;
  return distance(pointAt(landmarks, upper), pointAt(landmarks, lower)) / interEyeDistance(landmarks);
}
