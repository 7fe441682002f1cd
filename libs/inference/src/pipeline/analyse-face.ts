import type { Box, FaceMeasures, HeadPose, Landmarks, QualityReason, RgbImage } from '@absah/biometrics';
import {
  alignFace,
  assessQuality,
  eyeSquare,
  eyes,
  landmarkSquare,
  livenessSquare,
  measureExtent,
  measureLight,
  poseSquare,
  scaleBox,
} from '@absah/biometrics';
import { modelManifest } from '../models/manifest.js';
import type { ModelSession } from '../models/model-session.js';
import type { UnreadableCode } from './decode-image.js';
import { decodeImage } from './decode-image.js';
import { findLandmarks, inputSizes, judgeEye, judgeLiveness, judgePose } from './face-models.js';
import { findFace } from './find-face.js';
import { StageClock } from './stage-clock.js';
import type { StageTimings } from './stage-clock.js';

export type AnalysisModels = Readonly<
  Record<'detect' | 'landmarks' | 'pose' | 'eye' | 'liveness', ModelSession>
>;

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
    | {
        readonly kind: 'face';
        /** 112 × 112 red-green-blue bytes: what `embed` expects. */
        readonly alignedCrop: Uint8Array;
        readonly quality: FaceMeasures;
        readonly livenessScore: number;
      }
  );

/** From the bytes of a picture to an aligned face that may be embedded, or to what stands in the way. */
export async function analyseFace(models: AnalysisModels, bytes: Uint8Array): Promise<FaceAnalysis> {
  const clock = new StageClock();
  const analysed = () => ({ modelChain: modelManifest.modelChain, timingsMs: clock.timings() });

  const decoded = await decodeImage(bytes);
  clock.lap('decode');
  if (decoded.kind === 'unreadable') return { ...decoded, ...analysed() };
  const { image, workingScale } = decoded;

  const selection = await findFace(models.detect, image);
  clock.lap('detect');
  if (selection.kind === 'none') return { kind: 'retake', reasons: ['no-face'], ...analysed() };
  const { box } = selection.detection;

  const landmarks = await locateLandmarks(models, image, box);
  const aligned = alignFace(image, landmarks);
  clock.lap('align');

  const quality: FaceMeasures = {
    singleFacePresent: selection.kind === 'one',
    ...measureExtent(box, landmarks, image, workingScale),
    ...measureLight(aligned),
    headPose: await headPose(models, image, box),
    eyesOpen: await eyesOpen(models, image, landmarks),
  };
  const verdict = assessQuality(quality, modelManifest.thresholds.quality);
  clock.lap('quality');
  if (verdict.kind === 'retake') return { ...verdict, quality, ...analysed() };

  const livenessScore = await liveness(models, image, box);
  clock.lap('liveness');
  return { kind: 'face', alignedCrop: aligned.data, quality, livenessScore, ...analysed() };
}

async function locateLandmarks(models: AnalysisModels, image: RgbImage, face: Box): Promise<Landmarks> {
  const square = landmarkSquare(face);
  return findLandmarks(models.landmarks, scaleBox(image, square, inputSizes.landmarks), square);
}

async function headPose(models: AnalysisModels, image: RgbImage, face: Box): Promise<HeadPose> {
  return judgePose(models.pose, scaleBox(image, poseSquare(face), inputSizes.pose));
}

async function eyesOpen(models: AnalysisModels, image: RgbImage, landmarks: Landmarks): Promise<number> {
  const [left, right] = eyes(landmarks).map((eye) => scaleBox(image, eyeSquare(eye), inputSizes.eye));
  if (!left || !right) throw new RangeError('a face has two eyes');
  return Math.min(await judgeEye(models.eye, left), await judgeEye(models.eye, right));
}

async function liveness(models: AnalysisModels, image: RgbImage, face: Box): Promise<number> {
  return judgeLiveness(models.liveness, scaleBox(image, livenessSquare(face, image), inputSizes.liveness));
}
