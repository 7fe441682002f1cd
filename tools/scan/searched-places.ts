import type { Scanned } from './scan-for-plaintext.js';

/** Where every run leaves the ids of its newest cases: a search that is blind to one of them proves nothing there. */
const FILES: Readonly<Record<string, RegExp>> = {
  'the stream of events': /\bnats\/.*\/EVENTS\/.*\.blk$/,
  'tables on disk': /\bcluster\/base\//,
  'the journal of the database': /\bcluster\/pg_wal\//,
  logs: /^logs\//,
};
const TABLES = [
  'capture_intake.public.cases',
  'ikd_gateway.public.registry_accesses',
  'audit.public.log_entries',
];

/** Places in which a search did not find what is known to be there. */
export function blindSpots({ inFiles, inRows }: Scanned): readonly string[] {
  const files = inFiles.map(({ place }) => place);
  const tables = new Set(inRows.map(({ place }) => place));
  return [
    ...Object.keys(FILES).filter((name) => !files.some((place) => FILES[name]?.test(place))),
    ...TABLES.filter((table) => !tables.has(table)),
  ];
}
