import type { Submission } from '../laptop/tour/operator-app.js';
import { foldersOf } from '../laptop/temporary-data.js';
import { databaseText } from './database-text.js';
import { Search, type Finding } from './haystack.js';
import { JPEG_STARTS, type Needle } from './needle.js';
import { tracesOf } from './personal-data.js';

export interface Scanned {
  /** In databases, journals, streams, logs and settings. */
  readonly inFiles: readonly Finding[];
  /** In values that the database keeps compressed. */
  readonly inRows: readonly Finding[];
}

/**
 * Looks through everything that a platform kept, once it is stopped, for images, faces, templates, NIKs and
 * numbers of these submissions, and for whatever else is asked for.
 */
export async function scanForPlaintext(
  { dataDir, modelsDir }: { readonly dataDir: string; readonly modelsDir: string },
  submissions: readonly Submission[],
  more: readonly Needle[] = [],
): Promise<Scanned> {
  const search = new Search([...JPEG_STARTS, ...(await tracesOf(submissions, modelsDir)), ...more]);
  const inFiles: Finding[] = [];
  for (const folder of await foldersOf(dataDir)) inFiles.push(...(await search.inFolder(folder)));
  const tables = await databaseText(dataDir);
  return { inFiles, inRows: tables.flatMap(({ table, text }) => search.inBytes(table, Buffer.from(text))) };
}
