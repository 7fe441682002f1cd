import type { FaceAnalysis } from '../pipeline/analyse-face.js';
import type { EmbeddedFace } from '../pipeline/embed-face.js';
import type { FaceObservation } from '../pipeline/observe-face.js';
import type { BurstFrame } from '../pipeline/observe-frame.js';
import { modelManifest } from '../models/manifest.js';
import type { PoolSize } from './worker-pool.js';
import { WorkerPool } from './worker-pool.js';
import { inLanes } from './in-lanes.js';
import type { TaskKind, TaskResults, WorkerSetup } from './worker-messages.js';

export interface FaceEngineOptions extends Omit<WorkerSetup, 'manifest'>, PoolSize {
  /** The chain that ships with the product unless another is named (U6). */
  readonly manifest?: WorkerSetup['manifest'];
}

/** The port that every engine stands behind, ours or another maker's (U6). Rejections are exceptional
 *  (`BusyError`, `EngineTaskError`, `EngineClosedError`); whatever a picture may show or fail to show is a value.
 *  The caller's bytes are left as they are. */
export interface FaceEngine {
  /** Decodes and detects; nobody after it has to do so again. Stops where the quality gate does. */
  analyse(image: Uint8Array): Promise<FaceAnalysis>;
  /** Observes every frame of a burst, in its order; needs the role `full`. Asks for no more than one place per
   *  worker at a time, so that a burst does not fill the queue. */
  observeBurst(frames: readonly Uint8Array[]): Promise<BurstFrame[]>;
  /** @param alignedCrop as `analyse` returned it */
  embed(alignedCrop: Uint8Array): Promise<EmbeddedFace>;
  close(): Promise<void>;
}

/** An engine whose models run here, so that all it measures can be seen. */
export interface ChainEngine extends FaceEngine {
  /** Measures everything, whatever the quality gate says of it: for evaluation. */
  observe(image: Uint8Array): Promise<FaceObservation>;
}

/** Resolves when every worker has loaded and checked its models; rejects with `EngineStartError`. */
export async function createFaceEngine(options: FaceEngineOptions): Promise<ChainEngine> {
  const { modelsDir, role, manifest = modelManifest, ...size } = options;
  const pool = await WorkerPool.start({ modelsDir, manifest, role }, size);
  // A copy of its own can be handed over, where one in Node's shared pool of buffers cannot.
  const run = <Kind extends TaskKind>(kind: Kind, bytes: Uint8Array): Promise<TaskResults[Kind]> =>
    pool.run({ kind, bytes: new Uint8Array(bytes) });
  return {
    analyse: (image) => run('analyse', image),
    observe: (image) => run('observe', image),
    observeBurst: (frames) => inLanes(size.workers, frames, (frame) => run('observe-frame', frame)),
    embed: (alignedCrop) => run('embed', alignedCrop),
    close: () => pool.close(),
  };
}
