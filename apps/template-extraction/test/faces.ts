import { createFaceEngine } from '@absah/inference';
import { modelsDir, samplesDir } from '@absah/testing';
import { samplePeople } from '../../../tools/samples/index.js';

export interface Faces {
  /** One woman on two photographs. */
  readonly woman: Uint8Array;
  readonly sameWoman: Uint8Array;
  readonly somebodyElse: Uint8Array;
}

/** Aligned as liveness aligns them. */
export async function loadFaces(): Promise<Faces> {
  const people = await samplePeople(samplesDir());
  const engine = await createFaceEngine({
    modelsDir: modelsDir(),
    role: 'analysis',
    workers: 1,
    maxQueue: 3,
  });
  const aligned = async (wanted: string): Promise<Uint8Array> => {
    const person = people.find(({ portraitId }) => portraitId === wanted);
    const analysis = person && (await engine.analyse(person.jpeg));
    if (analysis?.kind !== 'face') throw new Error(`no usable sample portrait ${wanted}`);
    return analysis.alignedCrop;
  };
  try {
    return {
      woman: await aligned('woman-a-1'),
      sameWoman: await aligned('woman-a-2'),
      somebodyElse: await aligned('person-b-1'),
    };
  } finally {
    await engine.close();
  }
}
