import { textInEveryEncoding } from '../../scan/needle.js';
import { scanForPlaintext } from '../../scan/scan-for-plaintext.js';
import { blindSpots } from '../../scan/searched-places.js';
import type { Submission } from '../clients/operator-line.js';
import type { Played } from '../play-out.js';
import { findingOf, type Finding } from './finding.js';

/** Not personal, and everywhere: what is found by it was really searched. */
const CONTROL = 'case id';
/** Streams and journals forget the oldest, and not of every case was the registry asked. */
const NEWEST = 20;

/** Images, faces, templates, NIKs and numbers in files or rows of a stopped platform (A3). */
export async function searchForPlaintext(
  platform: { readonly dataDir: string; readonly modelsDir: string },
  submissions: readonly Submission[],
  { settled }: Pick<Played, 'settled'>,
): Promise<readonly Finding[]> {
  const caseIds = settled.evidence.cases.slice(-NEWEST).map(({ id }) => id);
  const controls = caseIds.flatMap((id) => textInEveryEncoding(CONTROL, id));
  const { inFiles, inRows } = await scanForPlaintext(platform, submissions, controls);
  const isControl = ({ needle }: { readonly needle: string }): boolean => needle.startsWith(CONTROL);
  const seen = { inFiles: inFiles.filter(isControl), inRows: inRows.filter(isControl) };
  const personal = [...inFiles, ...inRows].filter((one) => !isControl(one));
  const places = personal.map(({ needle, place }) => `${needle} in ${place}`);
  return [
    ...findingOf('plaintext', 'personal data in the clear', places),
    ...findingOf('unsearched', 'places in which the search does not even find cases', blindSpots(seen)),
  ];
}
