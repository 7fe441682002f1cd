import { fetchSamplePhotos, silent } from '@absah/local-infra';
import { createFaceEngine } from '@absah/inference';
import { samplePeople } from '../../samples/index.js';
import { syntheticNik } from '../../laptop/synthetic-numbers.js';
import { RegistryDesk } from '../../laptop/tour/registry-desk.js';
import type { Platform } from '../../laptop/platform.js';

/** A portrait with the template that the registry gets for it. */
export interface Face {
  readonly image: Uint8Array;
  readonly template: Uint8Array;
}

export async function prepareFaces(modelsDir: string): Promise<readonly Face[]> {
  const people = await samplePeople(await fetchSamplePhotos(silent));
  const engine = await createFaceEngine({ modelsDir, role: 'full', workers: 1, maxQueue: people.length });
  const faces: Face[] = [];
  try {
    for (const { jpeg } of people) {
      const analysis = await engine.analyse(jpeg);
      if (analysis.kind !== 'face') throw new Error('a sample portrait is not usable');
      faces.push({ image: jpeg, template: (await engine.embed(analysis.alignedCrop)).template });
    }
  } finally {
    await engine.close();
  }
  return faces;
}

/** Everybody is a new person with a NIK of their own: no cap is reached, nothing is answered from memory. */
export async function enrolNewPerson(
  platform: Pick<Platform, 'urls' | 'secrets'>,
  face: Face,
): Promise<string> {
  const nik = syntheticNik();
  await new RegistryDesk(platform).enrol({ nik, name: 'CONTOH BEBAN', template: face.template });
  return nik;
}
