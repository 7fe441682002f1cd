import type { Detection, FaceMeasures, Landmarks, QualityReason, Size } from '@absah/biometrics';
import { assessQuality } from '@absah/biometrics';
import type { ModelManifest } from '../models/manifest.js';
import type { UnreadableCode } from './decode-image.js';
import { locateFace } from './locate-face.js';
import type { MeasuredLiveness } from './measure-liveness.js';
import { measureLiveness } from './measure-liveness.js';
import { measureQuality } from './measure-quality.js';
import type { AnalysisModels } from './model-chain.js';
import type { StageTimings } from './stage-clock.js';
import { StageClock } from './stage-clock.js';

/** Everything that can be measured about a picture, whatever the gate says: for evaluation. */
export type FaceObservation = { readonly modelChain: string; readonly timingsMs: StageTimings } & (
  | { readonly kind: 'unreadable'; readonly code: UnreadableCode }
  | { readonly kind: 'no-face' }
  | ({
      readonly kind: 'face';
      /** Of the working image, in whose pixels boxes and landmarks are. */
      readonly imageSize: Size;
      readonly detection: Detection;
      readonly singleFace: boolean;
      readonly landmarks: Landmarks;
      readonly alignedCrop: Uint8Array;
      readonly quality: FaceMeasures;
      /** What the gate would say; none when the face would pass. */
      readonly reasons: readonly QualityReason[];
    } & MeasuredLiveness)
);

export async function observeFace(
  models: AnalysisModels,
  { modelChain, thresholds }: ModelManifest,
  bytes: Uint8Array,
): Promise<FaceObservation> {
  const clock = new StageClock();
  const location = await locateFace(models, thresholds, bytes, clock);
  if (location.kind !== 'located') return { ...location, modelChain, timingsMs: clock.timings() };
  const { image, detection, singleFace, landmarks, aligned } = location.face;
  const quality = await measureQuality(models, location.face);
  clock.lap('quality');
  const liveness = await measureLiveness(models, location.face);
  clock.lap('liveness');
  const verdict = assessQuality(quality, thresholds.quality);
  return {
    kind: 'face',
    imageSize: { width: image.width, height: image.height },
    detection,
    singleFace,
    landmarks,
    alignedCrop: aligned.data,
    quality,
    reasons: verdict.kind === 'ok' ? [] : verdict.reasons,
    ...liveness,
    modelChain,
    timingsMs: clock.timings(),
  };
}
