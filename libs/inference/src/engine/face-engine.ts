import type { FaceAnalysis } from '../pipeline/analyse-face.js';
import type { EmbeddedFace } from '../pipeline/embed-face.js';
import type { PoolSize } from './worker-pool.js';
import { WorkerPool } from './worker-pool.js';
import type { WorkerSetup } from './worker-messages.js';

export interface FaceEngineOptions extends WorkerSetup, PoolSize {}

/** Rejections are exceptional (`BusyError`, `EngineTaskError`, `EngineClosedError`); whatever a picture may
 *  show or fail to show is a value. */
export interface FaceEngine {
  /** Decodes and detects; nobody after it has to do so again. The caller's bytes are left as they are. */
  analyse(image: Uint8Array): Promise<FaceAnalysis>;
  /** @param alignedCrop as `analyse` returned it */
  embed(alignedCrop: Uint8Array): Promise<EmbeddedFace>;
  close(): Promise<void>;
}

/** Resolves when every worker has loaded and checked its models; rejects with `EngineStartError`. */
export async function createFaceEngine(options: FaceEngineOptions): Promise<FaceEngine> {
  const { modelsDir, role, ...size } = options;
  const pool = await WorkerPool.start({ modelsDir, role }, size);
  return {
    // A copy of its own can be handed over, where one in Node's shared pool of buffers cannot.
    analyse: async (image) =>
      (await pool.run({ kind: 'analyse', image: new Uint8Array(image) })) as FaceAnalysis,
    embed: async (alignedCrop) =>
      (await pool.run({ kind: 'embed', alignedCrop: new Uint8Array(alignedCrop) })) as EmbeddedFace,
    close: () => pool.close(),
  };
}
