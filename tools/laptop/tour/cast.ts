import { fetchSamplePhotos, type Progress } from '@absah/local-infra';
import { createFaceEngine, type FaceEngine } from '@absah/inference';
import { blurred, carriedAround, samplePeople, type SamplePerson } from '../../samples/index.js';
import { syntheticNik } from '../synthetic-numbers.js';
import type { RegistryDesk } from './registry-desk.js';

/** Who plays in the tour: a woman with two photographs and an identity of this run, and somebody else. */
export interface Cast {
  readonly nik: string;
  readonly unknownNik: string;
  /** Not the picture that the registry has. */
  readonly capture: Uint8Array;
  readonly stranger: Uint8Array;
  readonly blurred: Uint8Array;
  /** A photograph of her, moved before the camera. */
  readonly waved: readonly Uint8Array[];
}

const WAVED_FRAMES = 12;

/**
 * Enrols the sample people in the sandbox. The woman gets a fresh identity at every start, since
 * the three SIMs of an earlier one are taken for good.
 */
export async function enrolCast(desk: RegistryDesk, modelsDir: string, progress: Progress): Promise<Cast> {
  const people = await samplePeople(await fetchSamplePhotos(progress));
  const [enrolled, capture] = people.filter(({ personId }) => personId === 'woman-a');
  const others = people.filter(({ personId }) => personId !== 'woman-a');
  if (!enrolled || !capture || !others[0]) throw new Error('the sample photographs lack a person');
  const engine = await createFaceEngine({ modelsDir, role: 'full', workers: 1, maxQueue: people.length });
  const nik = syntheticNik();
  try {
    await enrol(desk, engine, enrolled, nik);
    for (const [index, person] of others.entries()) {
      if (!(await desk.reset(sampleNik(index)))) await enrol(desk, engine, person, sampleNik(index));
    }
  } finally {
    await engine.close();
  }
  progress('Sample people are enrolled', `${others.length + 1} people`);
  return {
    nik,
    unknownNik: syntheticNik(),
    capture: capture.jpeg,
    stranger: others[0].jpeg,
    blurred: await blurred(capture.jpeg),
    waved: await carriedAround(capture.jpeg, WAVED_FRAMES),
  };
}

async function enrol(
  desk: RegistryDesk,
  engine: FaceEngine,
  person: SamplePerson,
  nik: string,
): Promise<void> {
  const analysis = await engine.analyse(person.jpeg);
  if (analysis.kind !== 'face') throw new Error(`the photograph ${person.portraitId} shows no usable face`);
  const { template } = await engine.embed(analysis.alignedCrop);
  await desk.enrol({ nik, name: `CONTOH ${person.personId.toUpperCase()}`, template });
}

/** The same at every start, so that an integrator can use these people again. */
export function sampleNik(index: number): string {
  return `999902010180${String(index + 1).padStart(4, '0')}`;
}
