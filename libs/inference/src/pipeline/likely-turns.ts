import type { Detection, RgbImage } from '@absah/biometrics';
import { fitLetterbox, scaleBox } from '@absah/biometrics';
import type { ModelSession } from '../models/model-session.js';
import type { DetectionThresholds } from './find-face.js';
import { findFace } from './find-face.js';
import type { QuarterTurns } from './turn-image.js';
import { turnImage } from './turn-image.js';

const TURNS: readonly QuarterTurns[] = [1, 2, 3];

// Most pictures arrive upright, so another side has to be clearly better.
const SHARE_OF_DOUBT = 1 / 3;

// Upright faces are taller than wide, boxes of the detector at most a little less so.
const WIDE = 1.1;

/** How far the detector is from sure that a face stands upright, 0 to 1. */
export function uprightDoubt(detection: Detection | undefined): number {
  if (!detection || detection.box.width > WIDE * detection.box.height) return 1;
  return 1 - detection.score;
}

/** For phones that store a picture lying and do not say so. The detector knows upright faces best.
 *  @param doubt of the face as the picture came
 *  @returns the turns that leave clearly less doubt, the least first */
export async function likelyTurns(
  detect: ModelSession,
  image: RgbImage,
  thresholds: DetectionThresholds,
  doubt: number,
): Promise<QuarterTurns[]> {
  const small = shrunk(image, detect);
  const likely: { readonly turns: QuarterTurns; readonly doubt: number }[] = [];
  for (const turns of TURNS) {
    const found = await findFace(detect, await turnImage(small, turns), thresholds);
    const left = uprightDoubt(found.kind === 'none' ? undefined : found.detection);
    if (left < SHARE_OF_DOUBT * doubt) likely.push({ turns, doubt: left });
  }
  return likely.sort((one, other) => one.doubt - other.doubt).map(({ turns }) => turns);
}

/** As large as the detector sees it at most, so that turning it is cheap. */
function shrunk(image: RgbImage, { inputSize }: ModelSession): RgbImage {
  const side = Math.min(Math.max(inputSize.width, inputSize.height), Math.max(image.width, image.height));
  const { width, height } = fitLetterbox(image, { width: side, height: side });
  return scaleBox(image, { left: 0, top: 0, width: image.width, height: image.height }, { width, height });
}
