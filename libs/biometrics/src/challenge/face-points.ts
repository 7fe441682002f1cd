import type { Point, Size } from '../face/geometry.js';
import { distance, meanPoint } from '../face/geometry.js';
import type { Landmarks } from '../face/landmarks.js';
import { fivePoints } from '../face/landmarks.js';

/** In heights of the frame, so that frames of one burst compare whatever their resolution. Eyes are named by
 *  their side of the picture. */
export interface FacePoints {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly mouth: Point;
  readonly noseTip: Point;
}

export function measureFacePoints(landmarks: Landmarks, frame: Size): FacePoints {
  const scaled = fivePoints(landmarks).map(({ x, y }) => ({ x: x / frame.height, y: y / frame.height }));
  const [leftEye, rightEye, noseTip, leftMouth, rightMouth] = scaled;
  if (!leftEye || !rightEye || !noseTip || !leftMouth || !rightMouth)
    throw new RangeError('five points are needed');
  return { leftEye, rightEye, noseTip, mouth: meanPoint([leftMouth, rightMouth]) };
}

/** Where the nose tip lies as seen from the eyes and the mouth: x in distances between the eyes from their
 *  middle, y in distances from there to the mouth.
 *
 *  The nose stands out of the plane of eyes and mouth, so it shifts when the head turns. In a flat picture all
 *  four points lie in one plane, and shifting, rotating, scaling or tilting it leaves these two numbers alone,
 *  but for a little perspective. */
export function nosePosition({ leftEye, rightEye, mouth, noseTip }: FacePoints): Point {
  const origin = meanPoint([leftEye, rightEye]);
  const across = minus(rightEye, leftEye);
  const down = minus(mouth, origin);
  const nose = minus(noseTip, origin);
  const area = cross(across, down);
  return { x: cross(nose, down) / area, y: cross(across, nose) / area };
}

/** From the middle of the eyes to the mouth. */
export function faceLength({ leftEye, rightEye, mouth }: FacePoints): number {
  return distance(meanPoint([leftEye, rightEye]), mouth);
}

/** Length by width of the triangle of eyes and mouth: grows with a turn, shrinks with a nod. */
export function faceAspect(points: FacePoints): number {
  return faceLength(points) / distance(points.leftEye, points.rightEye);
}

/** How far eyes and mouth went from one frame to another, in face lengths of the first. */
export function faceShift(from: FacePoints, to: FacePoints): number {
  const steps = (['leftEye', 'rightEye', 'mouth'] as const).map((name) => distance(from[name], to[name]));
  return Math.hypot(...steps) / Math.sqrt(steps.length) / faceLength(from);
}

function minus(a: Point, b: Point): Point {
  return { x: a.x - b.x, y: a.y - b.y };
}

function cross(a: Point, b: Point): number {
  return a.x * b.y - a.y * b.x;
}
