import type { FrameContent, QualityReason } from '@absah/biometrics';
import { measureFacePoints, measurePatch, measureScene, measureSkin } from '@absah/biometrics';
import type { ModelManifest } from '../models/manifest.js';
import type { ModelSession } from '../models/model-session.js';
import type { UnreadableCode } from './decode-image.js';
import { embedFace } from './face-models.js';
import type { LocatedFace } from './locate-face.js';
import { measureLiveness } from './measure-liveness.js';
import type { AnalysisModels } from './model-chain.js';
import type { StageTimings } from './stage-clock.js';
import { StageClock } from './stage-clock.js';
import { viewAsTaken } from './view-face.js';
import { whileDecoded } from './while-decoded.js';

/** One frame of a burst: whatever the gate says of it, since a turned head is what a challenge asks for. */
export type BurstFrame = { readonly modelChain: string; readonly timingsMs: StageTimings } & (
  | { readonly kind: 'unreadable'; readonly code: UnreadableCode }
  | { readonly kind: 'no-face' }
  | {
      readonly kind: 'face';
      /** What `verifyBurst` wants to know, but for the time. */
      readonly content: FrameContent;
      /** 112 × 112 red-green-blue bytes: what `embed` expects. */
      readonly alignedCrop: Uint8Array;
      /** What the gate would say of this frame by itself; none when it would pass. */
      readonly reasons: readonly QualityReason[];
    }
);

export async function observeFrame(
  models: AnalysisModels,
  embed: ModelSession,
  { modelChain, thresholds }: ModelManifest,
  bytes: Uint8Array,
): Promise<BurstFrame> {
  const clock = new StageClock();
  return whileDecoded(bytes, clock, async (decoded) => {
    const view = await viewAsTaken(models, thresholds, decoded, clock);
    if (view.kind !== 'face') return { ...view, modelChain, timingsMs: clock.timings() };
    const { face, quality, verdict } = view;
    const { livenessScore } = await measureLiveness(models, face);
    clock.lap('liveness');
    const embedding = await embedFace(embed, face.aligned);
    clock.lap('embed');
    const observed = {
      pose: quality.headPose,
      points: measureFacePoints(face.landmarks, face.image),
      eyesOpen: quality.eyesOpen,
      box: relativeBox(face),
      embedding,
      alignedGrey: measurePatch(face.aligned),
      scene: measureScene(face.image),
      skinColour: measureSkin(face.aligned),
      sharpness: quality.sharpness,
      passesGate: verdict.kind === 'ok',
      livenessScore,
    };
    return {
      kind: 'face',
      content: { face: observed, several: !face.singleFace },
      alignedCrop: face.aligned.data,
      reasons: verdict.kind === 'ok' ? [] : verdict.reasons,
      modelChain,
      timingsMs: clock.timings(),
    };
  });
}

function relativeBox({ image, detection: { box } }: LocatedFace): NonNullable<FrameContent['face']>['box'] {
  return {
    left: box.left / image.width,
    top: box.top / image.height,
    width: box.width / image.width,
    height: box.height / image.height,
  };
}
