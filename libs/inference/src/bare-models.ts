import { modelManifest } from './models/manifest.js';
import type { ModelSession } from './models/model-session.js';
import { analyseFace } from './pipeline/analyse-face.js';
import { embedAlignedFace } from './pipeline/embed-face.js';
import { openModelChain } from './pipeline/model-chain.js';

/** The models alone, without a worker, a crop or a decision: the yardstick that benchmarks hold the engine
 *  against. */
export interface BareModels {
  /** Runs what the engine runs for one of the recorded images, on the very same numbers. Blocks the calling
   *  thread. */
  replay(image: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

type Run = () => Promise<unknown>;

/** Sends each image through the whole pipeline once and keeps what its models were given: made-up inputs cost
 *  something else, and a list of runs kept by hand grows old.
 *  @param images faces that pass the quality gate; `replay` knows them by identity */
export async function recordBareModels(
  modelsDir: string,
  images: readonly Uint8Array[],
): Promise<BareModels> {
  const { manifest, analysis, embed } = await openModelChain(modelsDir, modelManifest, 'full');
  if (!analysis || !embed) throw new TypeError('a full chain analyses and embeds');
  const models = [...Object.values(analysis), embed];
  const runs: Run[] = [];
  for (const model of models) recordInto(runs, model);
  const runsOf = new Map<Uint8Array, readonly Run[]>();
  const bare: BareModels = {
    async replay(image) {
      const recorded = runsOf.get(image);
      if (!recorded) throw new RangeError('this image was not recorded');
      for (const run of recorded) await run();
    },
    async close() {
      for (const model of models) await model.close();
    },
  };
  for (const image of images) {
    const analysed = await analyseFace(analysis, manifest, image);
    if (analysed.kind !== 'face') {
      await bare.close();
      throw new Error(`a picture to record was answered with ${analysed.kind}`);
    }
    await embedAlignedFace(embed, manifest.modelChain, analysed.alignedCrop);
    runsOf.set(image, runs.splice(0));
  }
  return bare;
}

function recordInto(runs: Run[], model: ModelSession): void {
  const run = model.run.bind(model);
  model.run = (input) => {
    // The session fills its input anew for the next crop.
    const seen = input.slice();
    runs.push(() => run(seen));
    return run(input);
  };
}
