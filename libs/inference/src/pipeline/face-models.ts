import type { Box, Detection, HeadPose, Landmarks, RgbImage } from '@absah/biometrics';
import {
  liveLogOdds,
  meanDirection,
  mirrored,
  readDetections,
  readHeadPose,
  readLandmarks,
  suppressOverlaps,
} from '@absah/biometrics';
import type { ModelManifest } from '../models/manifest.js';
import type { ModelSession } from '../models/model-session.js';

/** Boxes in shares of the crop, best first. */
export async function detectFaces(
  session: ModelSession,
  crop: RgbImage,
  { detection, overlap }: Pick<ModelManifest['thresholds'], 'detection' | 'overlap'>,
): Promise<Detection[]> {
  const [scores, boxes = new Float32Array()] = await session.seeCrop(crop);
  return suppressOverlaps(readDetections(scores, boxes, detection), overlap);
}

export async function findLandmarks(session: ModelSession, image: RgbImage, square: Box): Promise<Landmarks> {
  const [shares] = await session.see(image, square);
  return readLandmarks(shares, square);
}

export async function judgePose(session: ModelSession, image: RgbImage, square: Box): Promise<HeadPose> {
  const empty = new Float32Array();
  const [yaw, pitch = empty, roll = empty] = await session.see(image, square);
  return readHeadPose(yaw, pitch, roll);
}

/** The logarithm of the odds that this eye is open. */
export async function judgeEye(session: ModelSession, crop: RgbImage): Promise<number> {
  const [[closed = 0, open = 0]] = await session.seeCrop(crop);
  return open - closed;
}

/** Logarithm of the odds for a living person. */
export async function judgeLiveness(session: ModelSession, image: RgbImage, view: Box): Promise<number> {
  const [logits] = await session.see(image, view);
  return liveLogOdds(logits);
}

/** Together with the mirror image, which evens out what is peculiar to one side of the picture. */
export async function embedFace(session: ModelSession, aligned: RgbImage): Promise<Float32Array> {
  const [straight] = await session.seeCrop(aligned);
  const [reversed] = await session.seeCrop(mirrored(aligned));
  return meanDirection([straight, reversed]);
}
