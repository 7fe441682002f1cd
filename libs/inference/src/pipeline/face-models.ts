import type { ColourInput, Detection, HeadPose, Landmarks, RgbImage, Box } from '@absah/biometrics';
import {
  meanDirection,
  mirrored,
  readDetections,
  readHeadPose,
  readLandmarks,
  readLivenessScore,
  softmax,
  suppressOverlaps,
  toColourPlanes,
  toGreyPlane,
} from '@absah/biometrics';
import { modelManifest } from '../models/manifest.js';
import type { ModelSession } from '../models/model-session.js';

// How each model wants its pixels. Wrong values still yield plausible answers, and worse accuracy.
const DETECT_INPUT: ColourInput = {
  order: 'rgb',
  mean: [127, 127, 127],
  deviation: [128, 128, 128],
};
const POSE_INPUT: ColourInput = {
  order: 'rgb',
  mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255],
};
const LIVENESS_INPUT: ColourInput = {
  order: 'bgr',
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
};
const EMBED_INPUT: ColourInput = {
  order: 'bgr',
  mean: [127.5, 127.5, 127.5],
  deviation: [128, 128, 128],
};
const LANDMARK_DEVIATION = 256;
const EYE_DEVIATION = 255;

export const inputSizes = {
  detect: { width: 320, height: 240 },
  landmarks: { width: 64, height: 64 },
  pose: { width: 224, height: 224 },
  eye: { width: 24, height: 24 },
  liveness: { width: 128, height: 128 },
} as const;

async function outputs(
  session: ModelSession,
  input: Float32Array,
): Promise<[Float32Array, ...Float32Array[]]> {
  const [first, ...rest] = await session.run(input);
  if (!first) throw new TypeError('a model without output');
  return [first, ...rest];
}

/** Boxes in shares of the crop, best first. */
export async function detectFaces(session: ModelSession, crop: RgbImage): Promise<Detection[]> {
  const { detection, overlap } = modelManifest.thresholds;
  const [scores, boxes] = await outputs(session, toColourPlanes(crop, DETECT_INPUT));
  return suppressOverlaps(readDetections(scores, boxes ?? new Float32Array(), detection), overlap);
}

export async function findLandmarks(session: ModelSession, crop: RgbImage, square: Box): Promise<Landmarks> {
  const [shares] = await outputs(session, toGreyPlane(crop, LANDMARK_DEVIATION));
  return readLandmarks(shares, square);
}

export async function judgePose(session: ModelSession, crop: RgbImage): Promise<HeadPose> {
  const empty = new Float32Array();
  const [yaw, pitch = empty, roll = empty] = await outputs(session, toColourPlanes(crop, POSE_INPUT));
  return readHeadPose(yaw, pitch, roll);
}

/** The probability that this eye is open. */
export async function judgeEye(session: ModelSession, crop: RgbImage): Promise<number> {
  const [logits] = await outputs(session, toGreyPlane(crop, EYE_DEVIATION));
  return softmax(logits)[1] ?? 0;
}

export async function judgeLiveness(session: ModelSession, crop: RgbImage): Promise<number> {
  const [logits] = await outputs(session, toColourPlanes(crop, LIVENESS_INPUT));
  return readLivenessScore(logits);
}

/** Together with the mirror image, which evens out what is peculiar to one side of the picture. */
export async function embedFace(session: ModelSession, aligned: RgbImage): Promise<Float32Array> {
  const [straight] = await outputs(session, toColourPlanes(aligned, EMBED_INPUT));
  const [reversed] = await outputs(session, toColourPlanes(mirrored(aligned), EMBED_INPUT));
  return meanDirection([straight, reversed]);
}
