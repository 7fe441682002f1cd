import type { Box, Point, Size } from './geometry.js';
import { centreOf, squareAround } from './geometry.js';
import type { Eye, Landmarks } from './landmarks.js';
import { fivePoints } from './landmarks.js';
import type { Similarity } from './similarity.js';
import { estimateSimilarity, invertSimilarity } from './similarity.js';

// Each factor belongs to its model: it was trained on crops of just this extent.
const POSE_EXTENT = 1.5;
const LIVENESS_EXTENT = 2.7;
const EYE_EXTENT = 1.6;

/** Side of the aligned crop that the embedding model reads. */
export const ALIGNED_SIZE = 112;

// The ArcFace template: where eyes, nose tip and mouth corners lie in the aligned crop.
const ALIGNED_POINTS: readonly Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];

export function landmarkSquare(face: Box): Box {
  return squareAround(centreOf(face), face.height);
}

export function poseSquare(face: Box): Box {
  return squareAround(centreOf(face), POSE_EXTENT * face.height);
}

export function eyeSquare(eye: Eye): Box {
  return squareAround(eye.centre, EYE_EXTENT * eye.width);
}

/** Shrunk and shifted into the image: this model judges the surroundings, and a made-up border is not one. */
export function livenessSquare(face: Box, image: Size): Box {
  const side = Math.min(LIVENESS_EXTENT * face.height, image.width, image.height);
  const { left, top } = squareAround(centreOf(face), side);
  return {
    left: within(left, image.width - side),
    top: within(top, image.height - side),
    width: side,
    height: side,
  };
}

function within(value: number, maximum: number): number {
  return Math.min(Math.max(value, 0), maximum);
}

/** Takes pixels of the aligned crop to pixels of the image. */
export function alignedToImage(landmarks: Landmarks): Similarity {
  return invertSimilarity(estimateSimilarity(fivePoints(landmarks), ALIGNED_POINTS));
}
