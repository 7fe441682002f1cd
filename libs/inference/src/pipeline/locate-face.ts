import type { Detection, Landmarks, RgbImage } from '@absah/biometrics';
import { alignFace } from '@absah/biometrics';
import type { UnreadableCode } from './decode-image.js';
import { decodeImage } from './decode-image.js';
import { findFace } from './find-face.js';
import { locateLandmarks } from './locate-landmarks.js';
import type { ModelManifest } from '../models/manifest.js';
import type { AnalysisModels } from './model-chain.js';
import type { StageClock } from './stage-clock.js';

/** The face that a picture is about, and all that later steps ask of the picture. */
export interface LocatedFace {
  /** At working size; boxes and landmarks are in its pixels. */
  readonly image: RgbImage;
  /** Pixels of the picture as sent per pixel of `image`. */
  readonly workingScale: number;
  readonly detection: Detection;
  /** False when another face of comparable size could be the one meant. */
  readonly singleFace: boolean;
  readonly landmarks: Landmarks;
  readonly aligned: RgbImage;
}

export type Location =
  | { readonly kind: 'unreadable'; readonly code: UnreadableCode }
  | { readonly kind: 'no-face' }
  | { readonly kind: 'located'; readonly face: LocatedFace };

export async function locateFace(
  models: AnalysisModels,
  thresholds: ModelManifest['thresholds'],
  bytes: Uint8Array,
  clock: StageClock,
): Promise<Location> {
  const decoded = await decodeImage(bytes);
  clock.lap('decode');
  if (decoded.kind === 'unreadable') return decoded;
  const { image, workingScale } = decoded;

  const selection = await findFace(models.detect, image, thresholds);
  clock.lap('detect');
  if (selection.kind === 'none') return { kind: 'no-face' };
  const { detection } = selection;

  const landmarks = await locateLandmarks(models, image, detection);
  const aligned = alignFace(image, landmarks);
  clock.lap('align');
  const singleFace = selection.kind === 'one';
  return { kind: 'located', face: { image, workingScale, detection, singleFace, landmarks, aligned } };
}
