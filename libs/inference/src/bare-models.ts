import type { ModelName } from './models/manifest.js';
import { modelManifest } from './models/manifest.js';
import { ModelSession } from './models/model-session.js';

interface BareRun {
  readonly model: ModelName;
  /** How often one capture runs it. */
  readonly runs: number;
  /** Between what values its input lies for a picture. */
  readonly range: readonly [number, number];
}

const RUNS: readonly BareRun[] = [
  { model: 'detect', runs: 1, range: [-1, 1] },
  { model: 'landmarks', runs: 4, range: [0, 1] },
  { model: 'pose', runs: 1, range: [-2, 2] },
  { model: 'eye', runs: 2, range: [0, 1] },
  { model: 'liveness', runs: 3, range: [0, 255] },
  { model: 'embed', runs: 2, range: [-1, 1] },
];

export interface BareModels {
  /** Blocks the calling thread. */
  runOncePerCapture(): Promise<void>;
  close(): Promise<void>;
}

/** The models alone, without a worker and on inputs made up beforehand: the yardstick that the benchmark holds
 *  the whole pipeline against. The inputs are not blank, because a blank one costs the models less than a face. */
export async function createBareModels(modelsDir: string): Promise<BareModels> {
  const inputs = await Promise.all(
    RUNS.map(async ({ model, runs, range }) => {
      const session = await ModelSession.open(modelsDir, modelManifest.models[model]);
      return { session, runs, values: noise(session.inputLength, range) };
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

// Multiplier and increment of a linear congruential generator (Numerical Recipes): noise, but always the same.
const MULTIPLIER = 1_664_525;
const INCREMENT = 1_013_904_223;
const MODULUS = 2 ** 32;

function noise(length: number, [low, high]: readonly [number, number]): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, MULTIPLIER) + INCREMENT) >>> 0;
    return low + ((high - low) * state) / MODULUS;
  });
}
