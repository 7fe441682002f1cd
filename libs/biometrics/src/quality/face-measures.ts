import { interEyeDistance } from '../face/landmarks.js';
import type { Landmarks } from '../face/landmarks.js';
import type { Box, Size } from '../face/geometry.js';
import type { HeadPose } from '../face/pose.js';

/** What the gate judges a picture by; the names follow ISO/IEC 29794-5 and its reference code OFIQ. */
export interface FaceMeasures {
  readonly singleFacePresent: boolean;
  /** Pixels of the picture as it was sent. */
  readonly interEyeDistance: number;
  /** Height of the face as a share of the height or width of the picture, whichever it fills more. */
  readonly headSize: number;
  /** Room between the outermost landmark and the border in face heights; negative when cut off. */
  readonly marginOfFace: number;
  /** Mean of the face, 0 (black) to 1 (white). */
  readonly luminanceMean: number;
  /** Detail of the face relative to its contrast; see `sharpnessOf`. */
  readonly sharpness: number;
  readonly headPose: HeadPose;
  /** Probability that the eye which looks more closed is open. */
  readonly eyesOpen: number;
}

/** @param workingScale pixels of the picture as sent per pixel of `image` */
export function measureExtent(
  face: Box,
  landmarks: Landmarks,
  image: Size,
  workingScale: number,
): Pick<FaceMeasures, 'interEyeDistance' | 'headSize' | 'marginOfFace'> {
  const room = landmarks.map(({ x, y }) => Math.min(x, y, image.width - x, image.height - y));
  return {
    interEyeDistance: interEyeDistance(landmarks) * workingScale,
    headSize: Math.max(face.height / image.height, face.width / image.width),
    marginOfFace: Math.min(...room) / face.height,
  };
}
