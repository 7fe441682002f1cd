import type { ModelName } from './models/manifest.js';
import { ModelSession } from './models/model-session.js';

// How often one capture runs each model: both eyes, and the crop with its mirror image.
const RUNS_PER_CAPTURE: readonly (readonly [ModelName, number])[] = [
  ['detect', 1],
  ['landmarks', 1],
  ['pose', 1],
  ['eye', 2],
  ['liveness', 1],
  ['embed', 2],
];

export interface BareModels {
  /** Blocks the calling thread. */
  runOncePerCapture(): Promise<void>;
  close(): Promise<void>;
}

/** The models alone, on blank inputs and without a worker: the yardstick that the benchmark holds the whole
 *  pipeline against. */
export async function createBareModels(modelsDir: string): Promise<BareModels> {
  const inputs = await Promise.all(
    RUNS_PER_CAPTURE.map(async ([name, runs]) => {
      const session = await ModelSession.open(modelsDir, name);
      return { session, runs, values: new Float32Array(session.inputLength).fill(0.5) };
    }),
  );
  return {
    async runOncePerCapture() {
      for (const { session, runs, values } of inputs) {
        for (let run = 0; run < runs; run += 1) await session.run(values);
      }
    },
    async close() {
      for (const { session } of inputs) await session.close();
    },
  };
}
