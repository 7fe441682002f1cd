import { textInEveryEncoding } from '../../scan/needle.js';
import { scanForPlaintext } from '../../scan/scan-for-plaintext.js';
import type { Submission } from '../clients/operator-line.js';
import type { Played } from '../play-out.js';
import { findingOf, type Finding } from './finding.js';

/** Not personal, and everywhere: what is found by it was really searched. */
const CONTROL = 'case id';
const CONTROLS = 3;

/** Images, faces, templates, NIKs and numbers in files or rows of a stopped platform (A3). */
export async function searchForPlaintext(
  platform: { readonly dataDir: string; readonly modelsDir: string },
  submissions: readonly Submission[],
  { settled }: Pick<Played, 'settled'>,
): Promise<readonly Finding[]> {
  const caseIds = settled.evidence.cases.slice(0, CONTROLS).map(({ id }) => id);
  const controls = caseIds.flatMap((id) => textInEveryEncoding(CONTROL, id));
  const { inFiles, inRows } = await scanForPlaintext(platform, submissions, controls);
  const found = [...inFiles, ...inRows];
  const [control, personal] = [true, false].map((isControl) =>
    found.filter(({ needle }) => needle.startsWith(CONTROL) === isControl),
  );
  if (caseIds.length > 0 && control?.length === 0) throw new Error('the search does not find case ids');
  const places = personal?.map(({ needle, place }) => `${needle} in ${place}`) ?? [];
  return findingOf('plaintext', 'personal data in the clear', places);
}
