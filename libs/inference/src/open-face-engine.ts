import type { FaceEngine } from './engine/face-engine.js';
import { createFaceEngine } from './engine/face-engine.js';
import { readModelManifest } from './models/manifest.js';
import type { EngineRole } from './pipeline/model-chain.js';
import { connectFaceEngine } from './remote/remote-face-engine.js';

/** As the configuration of a service names them. */
export interface FaceEngineSettings {
  readonly MODELS_DIR: string;
  readonly MODEL_MANIFEST?: string | undefined;
  readonly FACE_ENGINE_URL?: string | undefined;
  readonly FACE_ENGINE_CA_FILE?: string | undefined;
  readonly FACE_ENGINE_TIMEOUT_MS: number;
  readonly ENGINE_WORKERS: number;
}

/** The engine that an operator chose: another maker's, another chain of models, or the one that ships (U6).
 *  @param maxQueue how many captures may wait while as many as there are workers are seen to
 *  @throws EngineStartError, ModelManifestError */
export async function openFaceEngine(
  settings: FaceEngineSettings,
  role: EngineRole,
  maxQueue: number,
): Promise<FaceEngine> {
  const { FACE_ENGINE_URL: url, MODEL_MANIFEST: manifestPath, ENGINE_WORKERS: workers } = settings;
  if (url !== undefined) {
    const { FACE_ENGINE_TIMEOUT_MS: timeoutMs, FACE_ENGINE_CA_FILE: caFile } = settings;
    return connectFaceEngine({ url, caFile, workers, maxInFlight: workers + maxQueue, timeoutMs });
  }
  return createFaceEngine({
    modelsDir: settings.MODELS_DIR,
    ...(manifestPath !== undefined && { manifest: readModelManifest(manifestPath) }),
    role,
    workers,
    maxQueue,
  });
}
