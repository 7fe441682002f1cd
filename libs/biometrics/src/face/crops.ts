import type { Box, Point, Size } from './geometry.js';
import { centreOf, squareAround } from './geometry.js';
import type { Eye, Landmarks } from './landmarks.js';
import { fivePoints } from './landmarks.js';
import type { Similarity } from './similarity.js';
import { estimateSimilarity, invertSimilarity } from './similarity.js';

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

// The extent of each crop belongs to its model, which was trained on crops of just that extent: the model
// manifest says it.

/** @param extent side in face heights; may reach beyond the image */
export function faceSquare(face: Box, extent: number): Box {
  return squareAround(centreOf(face), extent * face.height);
}

/** @param extent side in eye widths */
export function eyeSquare(eye: Eye, extent: number): Box {
  return squareAround(eye.centre, extent * eye.width);
}

/** For models that judge the surroundings: as much of them as there is. Shifted into the image in whichever
 *  direction the image has room; where it is too narrow, the square runs over and `scaleBox` continues its edge.
 *  Shrunk to the narrower side instead, it would leave nothing but the face of an upright selfie.
 *  @param extent side in face heights, where the longer side of the image has room */
export function faceSquareReaching(face: Box, image: Size, extent: number): Box {
  const side = Math.min(extent * face.height, Math.max(image.width, image.height));
  const { left, top } = squareAround(centreOf(face), side);
  return {
    left: side > image.width ? left : within(left, image.width - side),
    top: side > image.height ? top : within(top, image.height - side),
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
