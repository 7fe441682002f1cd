import type { Detection, Landmarks, RgbImage } from '@absah/biometrics';
import { alignFace } from '@absah/biometrics';
import type { DetectionThresholds } from './find-face.js';
import { findFace } from './find-face.js';
import { locateLandmarks } from './locate-landmarks.js';
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

/** @returns nothing where there is no face */
export async function locateFace(
  models: AnalysisModels,
  thresholds: DetectionThresholds,
  picture: { readonly image: RgbImage; readonly workingScale: number },
  clock: StageClock,
): Promise<LocatedFace | undefined> {
  const { image, workingScale } = picture;
  const selection = await findFace(models.detect, image, thresholds);
  clock.lap('detect');
  if (selection.kind === 'none') return undefined;
  const { detection } = selection;

  const landmarks = await locateLandmarks(models, image, detection);
  const aligned = alignFace(image, landmarks);
  clock.lap('align');
  return { image, workingScale, detection, singleFace: selection.kind === 'one', landmarks, aligned };
}
