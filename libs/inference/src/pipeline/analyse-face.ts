import type { FaceMeasures, QualityReason } from '@absah/biometrics';
import type { ModelManifest } from '../models/manifest.js';
import type { UnreadableCode } from './decode-image.js';
import type { MeasuredLiveness } from './measure-liveness.js';
import { measureLiveness } from './measure-liveness.js';
import type { AnalysisModels } from './model-chain.js';
import type { StageTimings } from './stage-clock.js';
import { StageClock } from './stage-clock.js';
import { viewFace } from './view-face.js';
import { whileDecoded } from './while-decoded.js';

interface Analysed {
  readonly modelChain: string;
  readonly timingsMs: StageTimings;
}

export type FaceAnalysis = Analysed &
  (
    | { readonly kind: 'unreadable'; readonly code: UnreadableCode }
    | {
        readonly kind: 'retake';
        /** At most three, the most helpful first. */
        readonly reasons: readonly QualityReason[];
        /** Absent when no face was found. */
        readonly quality?: FaceMeasures;
      }
    | ({
        readonly kind: 'face';
        /** 112 × 112 red-green-blue bytes: what `embed` expects. */
        readonly alignedCrop: Uint8Array;
        readonly quality: FaceMeasures;
      } & MeasuredLiveness)
  );

/** From the bytes of a picture to an aligned face that may be embedded, or to what stands in the way. */
export async function analyseFace(
  models: AnalysisModels,
  { modelChain, thresholds }: ModelManifest,
  bytes: Uint8Array,
): Promise<FaceAnalysis> {
  const clock = new StageClock();
  const analysed = () => ({ modelChain, timingsMs: clock.timings() });

  return whileDecoded(bytes, clock, async (decoded) => {
    const view = await viewFace(models, thresholds, decoded, clock);
    if (view.kind === 'unreadable') return { ...view, ...analysed() };
    if (view.kind === 'no-face') return { kind: 'retake', reasons: ['no-face'], ...analysed() };
    const { face, quality, verdict } = view;
    if (verdict.kind === 'retake') return { ...verdict, quality, ...analysed() };

    const liveness = await measureLiveness(models, face);
    clock.lap('liveness');
    return { kind: 'face', alignedCrop: face.aligned.data, quality, ...liveness, ...analysed() };
  });
}
