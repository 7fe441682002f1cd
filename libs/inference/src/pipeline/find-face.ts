import type { Detection, FaceSelection, RgbImage } from '@absah/biometrics';
import { fitLetterbox, fromLetterbox, scaleBox, selectFace } from '@absah/biometrics';
import type { ModelSession } from '../models/model-session.js';
import type { ModelManifest } from '../models/manifest.js';
import { detectFaces } from './face-models.js';
import { giveBack } from './give-back.js';

// The detector misses faces that fill its input, so an empty answer is asked again with a border around.
const FILL_AT_FIRST = 1;
const FILL_ON_RETRY = 0.6;

export type DetectionThresholds = Pick<ModelManifest['thresholds'], 'detection' | 'overlap'>;

export async function findFace(
  session: ModelSession,
  image: RgbImage,
  thresholds: DetectionThresholds,
): Promise<FaceSelection> {
  const found = await detect(session, image, thresholds, FILL_AT_FIRST);
  const detections = found.length > 0 ? found : await detect(session, image, thresholds, FILL_ON_RETRY);
  return selectFace(detections, image);
}

async function detect(
  session: ModelSession,
  image: RgbImage,
  thresholds: DetectionThresholds,
  fill: number,
): Promise<Detection[]> {
  const letterbox = fitLetterbox(image, session.inputSize, fill);
  const whole = onLetterbox(image, letterbox);
  const detections = await detectFaces(session, whole, thresholds);
  giveBack(whole.data);
  return detections.map(({ box, score }) => ({ score, box: fromLetterbox(box, letterbox, image) }));
}

function onLetterbox(
  image: RgbImage,
  { target, left, top, width, height }: ReturnType<typeof fitLetterbox>,
): RgbImage {
  const whole = { left: 0, top: 0, width: image.width, height: image.height };
  const fitted = scaleBox(image, whole, { width, height });
  if (width === target.width && height === target.height) return fitted;
  const data = new Uint8Array(target.width * target.height * 3);
  for (let row = 0; row < height; row += 1) {
    const line = fitted.data.subarray(row * width * 3, (row + 1) * width * 3);
    data.set(line, ((top + row) * target.width + left) * 3);
  }
  giveBack(fitted.data);
  return { data, ...target };
}
