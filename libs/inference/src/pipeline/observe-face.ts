import type { Detection, FaceMeasures, Landmarks, QualityReason, Size } from '@absah/biometrics';
import type { ModelManifest } from '../models/manifest.js';
import type { UnreadableCode } from './decode-image.js';
import type { MeasuredLiveness } from './measure-liveness.js';
import { measureLiveness } from './measure-liveness.js';
import type { AnalysisModels } from './model-chain.js';
import type { StageTimings } from './stage-clock.js';
import { StageClock } from './stage-clock.js';
import { viewFace } from './view-face.js';
import { whileDecoded } from './while-decoded.js';

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
  return whileDecoded(bytes, clock, async (decoded) => {
    const view = await viewFace(models, thresholds, decoded, clock);
    if (view.kind !== 'face') return { ...view, modelChain, timingsMs: clock.timings() };
    const { quality, verdict } = view;
    const { image, detection, singleFace, landmarks, aligned } = view.face;
    const liveness = await measureLiveness(models, view.face);
    clock.lap('liveness');
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
  });
}
