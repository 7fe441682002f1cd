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
  const [scores, boxes = new Float32Array()] = await session.see(crop);
  return suppressOverlaps(readDetections(scores, boxes, detection), overlap);
}

export async function findLandmarks(session: ModelSession, crop: RgbImage, square: Box): Promise<Landmarks> {
  const [shares] = await session.see(crop);
  return readLandmarks(shares, square);
}

export async function judgePose(session: ModelSession, crop: RgbImage): Promise<HeadPose> {
  const empty = new Float32Array();
  const [yaw, pitch = empty, roll = empty] = await session.see(crop);
  return readHeadPose(yaw, pitch, roll);
}

/** The logarithm of the odds that this eye is open. */
export async function judgeEye(session: ModelSession, crop: RgbImage): Promise<number> {
  const [[closed = 0, open = 0]] = await session.see(crop);
  return open - closed;
}

/** Logarithm of the odds for a living person. */
export async function judgeLiveness(session: ModelSession, crop: RgbImage): Promise<number> {
  const [logits] = await session.see(crop);
  return liveLogOdds(logits);
}

/** Together with the mirror image, which evens out what is peculiar to one side of the picture. */
export async function embedFace(session: ModelSession, aligned: RgbImage): Promise<Float32Array> {
  const [straight] = await session.see(aligned);
  const [reversed] = await session.see(mirrored(aligned));
  return meanDirection([straight, reversed]);
}
