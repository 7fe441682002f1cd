import type { ModelManifest, ModelName } from '../models/manifest.js';
import { ModelSession } from '../models/model-session.js';

export type AnalysisModels = Readonly<Record<Exclude<ModelName, 'embed'>, ModelSession>>;

/** Which models a process needs. None loads a model that it may not use. */
export type EngineRole = 'analysis' | 'embedding' | 'full';

/** The models of one manifest, open, with what the manifest says about using them. */
export interface ModelChain {
  readonly manifest: ModelManifest;
  readonly analysis?: AnalysisModels;
  readonly embed?: ModelSession;
}

/** @throws ModelFileError naming a file that is missing or is not the one described */
export async function openModelChain(
  modelsDir: string,
  manifest: ModelManifest,
  role: EngineRole,
): Promise<ModelChain> {
  const open = (name: ModelName) => ModelSession.open(modelsDir, manifest.models[name]);
  return {
    manifest,
    ...(role !== 'embedding' && { analysis: await openAnalysis(open) }),
    ...(role !== 'analysis' && { embed: await open('embed') }),
  };
}

async function openAnalysis(open: (name: ModelName) => Promise<ModelSession>): Promise<AnalysisModels> {
  return {
    detect: await open('detect'),
    landmarks: await open('landmarks'),
    pose: await open('pose'),
    eye: await open('eye'),
    liveness: await open('liveness'),
  };
}
