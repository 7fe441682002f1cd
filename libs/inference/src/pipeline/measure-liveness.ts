import type { Box, LivenessCues, RgbImage } from '@absah/biometrics';
import {
  colourEvidence,
  findPresentationBorder,
  fuseLiveness,
  gridEvidence,
  livenessViews,
  measureRedness,
  measureSurfaceGrid,
} from '@absah/biometrics';
import type { ModelSession } from '../models/model-session.js';
import { judgeLiveness } from './face-models.js';
import type { LocatedFace } from './locate-face.js';
import type { AnalysisModels } from './model-chain.js';

export interface MeasuredLiveness {
  /** 0 to 1: a probability-like figure, of which the manifest's threshold accepts the upper end. */
  readonly livenessScore: number;
  /** What the score was made of, by name, for records and reports; another engine may not tell. */
  readonly livenessCues?: Readonly<Record<string, number>>;
}

export async function measureLiveness(
  { liveness }: AnalysisModels,
  { image, detection, aligned }: LocatedFace,
): Promise<MeasuredLiveness> {
  const { box } = detection;
  const livenessCues: LivenessCues = {
    network: await networkEvidence(liveness, image, box),
    border: findPresentationBorder(image, box).evidence,
    colour: colourEvidence(measureRedness(aligned)),
    grid: gridEvidence(measureSurfaceGrid(image, box)),
  };
  return { livenessScore: fuseLiveness(livenessCues), livenessCues: { ...livenessCues } };
}

async function networkEvidence(model: ModelSession, image: RgbImage, face: Box): Promise<number> {
  const views = livenessViews(face, image, model.extent);
  let sum = 0;
  for (const view of views) sum += await judgeLiveness(model, image, view);
  return sum / views.length;
}
