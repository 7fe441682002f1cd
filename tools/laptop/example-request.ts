import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, fetchSamplePhotos, silent } from '@absah/local-infra';
import { samplePeople } from '../samples/index.js';
import { sampleNik } from './tour/cast.js';

/** One of the sample people beside the woman of the tour: the first whom the sandbox keeps under a fixed NIK. */
const EXAMPLE_INDEX = 0;

/** Puts the portrait where a person can use it; a photograph from an openly licensed package, nobody's capture. */
export async function keepExamplePortrait(): Promise<string> {
  const people = await samplePeople(await fetchSamplePhotos(silent));
  const example = people.filter(({ personId }) => personId !== 'woman-a')[EXAMPLE_INDEX];
  if (!example) throw new Error('the sample photographs lack a person');
  const folder = join(cacheFolder(), 'portraits');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${example.portraitId}.jpg`);
  await writeFile(file, example.jpeg);
  return file;
}

export interface ExampleFiles {
  readonly key: string;
  readonly portrait: string;
  /** Whom curl has to trust. */
  readonly authority: string;
}

export function exampleRequest(apiUrl: string, files: ExampleFiles): string {
  const consent = { purpose: 'sim-registration', version: '2026-07', givenAt: new Date().toISOString() };
  const request = JSON.stringify({ nik: sampleNik(EXAMPLE_INDEX), msisdn: '081200000001', consent });
  return [
    `curl --cacert ${files.authority} ${apiUrl}/v1/verifications`,
    `-H 'Prefer: wait=3' -H "X-Api-Key: $(cat ${files.key})"`,
    `-F image=@${files.portrait} -F 'request=${request};type=application/json'`,
  ].join(' \\\n    ');
}
