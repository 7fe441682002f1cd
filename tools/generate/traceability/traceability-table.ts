import { generatedPage, markdownTable } from '../markdown-table.js';
import type { SourceFile } from '../source-file.js';
import type { Requirement } from './requirements.js';

const NOBODY = '—';

const INTRO =
  'A test, a benchmark or a document names the id that it proves or explains. A line without a test counts as not ' +
  'done; a line with one may still be done in part, which the status table of the README says.';

export function traceabilityTable(
  requirements: readonly Requirement[],
  tests: readonly SourceFile[],
  documents: readonly SourceFile[],
): string {
  const rows = requirements.map(({ id, demand }) => [
    id,
    demand,
    mentions(id, tests),
    mentions(id, documents),
  ]);
  const proved = rows.filter(([, , named]) => named !== NOBODY).length;
  return generatedPage('Traceability', [
    INTRO,
    `Named by a test: ${proved} of ${requirements.length}.`,
    markdownTable(['id', 'demand', 'tests and benchmarks', 'documents'], rows),
  ]);
}

function mentions(id: string, files: readonly SourceFile[]): string {
  const named = new RegExp(`\\b${id}\\b`);
  const links = files
    .filter(({ text }) => named.test(text))
    .map(({ path }) => `[${shortName(path)}](../${path})`);
  return links.join(', ') || NOBODY;
}

/** `apps/liveness/test/delivery.int.spec.ts` → `liveness/delivery.int` */
function shortName(path: string): string {
  const parts = path.split('/');
  const file = (parts.at(-1) ?? path).replace(/\.(spec\.ts|ts|md)$/, '');
  return parts.length > 2 ? `${parts[1] ?? ''}/${file}` : file;
}
