import { interEyeDistance } from '../face/landmarks.js';
import type { Landmarks } from '../face/landmarks.js';
import type { Box, Size } from '../face/geometry.js';
import type { HeadPose } from '../face/pose.js';

/** What the gate judges a picture by. Most names follow ISO/IEC 29794-5 and its reference code OFIQ;
 *  `qualityDemands` says which belongs to which. */
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
  /** Share of the face that is nearly black. */
  readonly underExposure: number;
  /** Share of the face that is nearly white. */
  readonly overExposure: number;
  /** What the brightness of the two halves of the face has in common, 0 to 1. */
  readonly illuminationUniformity: number;
  /** Detail of the face relative to its contrast; see `sharpnessOf`. */
  readonly sharpness: number;
  readonly headPose: HeadPose;
  /** Probability that an eye is open; see `eyesOpen`. */
  readonly eyesOpen: number;
  /** Lightness of the lids against the nose, as a logarithm; see `eyesVisible`. */
  readonly eyesVisible: number;
  /** How clearly lips stand out, as a logarithm; see `measureMouthVisible`. */
  readonly mouthVisible: number;
  /** Distance between the inner lips as a share of the distance between the eyes. */
  readonly mouthOpening: number;
  /** Mean step of brightness from pixel to pixel around the head; see `measureBackground`. */
  readonly backgroundDetail: number;
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
