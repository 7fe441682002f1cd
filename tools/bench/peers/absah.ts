import { decodeTemplate } from '@absah/biometrics';
import { createFaceEngine, modelManifest } from '@absah/inference';
import { fetchModels, silent } from '@absah/local-infra';
import type { Contestant } from './contestant.js';

/** The product's own engine, with all that it does for a capture: quality and liveness, which peers leave out. */
export async function openAbsah(): Promise<Contestant> {
  const modelsDir = await fetchModels(silent);
  const engine = await createFaceEngine({ modelsDir, role: 'full', workers: 1, maxQueue: 1 });
  return {
    about: `models ${modelManifest.modelChain} on onnxruntime; quality and liveness included`,
    async describe(image) {
      const observation = await engine.observe(image);
      if (observation.kind !== 'face') return undefined;
      return decodeTemplate((await engine.embed(observation.alignedCrop)).template).embedding;
    },
  };
}
