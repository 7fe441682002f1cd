import { faceSquareWithin, scaleBox } from '@absah/biometrics';
import { judgeLiveness } from './face-models.js';
import type { LocatedFace } from './locate-face.js';
import type { AnalysisModels } from './model-chain.js';

export interface MeasuredLiveness {
  /** 0 to 1: a probability-like figure, of which the manifest's threshold accepts the upper end. */
  readonly livenessScore: number;
}

export async function measureLiveness(
  { liveness }: AnalysisModels,
  { image, detection }: LocatedFace,
): Promise<MeasuredLiveness> {
  const square = faceSquareWithin(detection.box, image, liveness.extent);
  return { livenessScore: await judgeLiveness(liveness, scaleBox(image, square, liveness.inputSize)) };
}
