import { decodeTemplate } from '@absah/biometrics';
import { createFaceEngine } from '@absah/inference';
import type { ChainEngine, ModelManifest } from '@absah/inference';
import type { Measurement, Observe } from './measurement.js';

export interface EngineSettings {
  readonly modelsDir: string;
  readonly manifest: ModelManifest;
  readonly workers: number;
  readonly lanes: number;
  /** Whether templates are needed. */
  readonly embeds: boolean;
}

export interface EngineObserver {
  readonly observe: Observe;
  close(): Promise<void>;
}

export async function openEngineObserver(settings: EngineSettings): Promise<EngineObserver> {
  const { modelsDir, manifest, workers, lanes, embeds } = settings;
  const role = embeds ? 'full' : 'analysis';
  const engine = await createFaceEngine({ modelsDir, manifest, role, workers, maxQueue: lanes });
  return { observe: (image) => observe(engine, image, embeds), close: () => engine.close() };
}

async function observe(engine: ChainEngine, image: Uint8Array, embeds: boolean): Promise<Measurement> {
  const observation = await engine.observe(image);
  if (observation.kind === 'no-face') return { kind: 'no-face' };
  if (observation.kind === 'unreadable') return { kind: 'unreadable', code: observation.code };
  const { singleFace, quality, reasons, livenessScore, alignedCrop } = observation;
  const face = { kind: 'face', singleFace, quality, reasons, livenessScore } as const;
  if (!embeds) return face;
  return { ...face, embedding: decodeTemplate((await engine.embed(alignedCrop)).template).embedding };
}
