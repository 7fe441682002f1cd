import { count, percent, percentRange } from '../../evaluate/report/figures.js';
import type { PeerBenchResult, PeerResult } from './bench-peers.js';
import type { FnmrAtFmr } from './recognition.js';

const ROWS: readonly (readonly [string, (result: PeerResult) => string])[] = [
  ['CPU per image, ms (median)', ({ cpuMsPerImage }) => cpuMsPerImage.p50.toFixed(0)],
  ['time per image, ms (median)', ({ wallMsPerImage }) => wallMsPerImage.p50.toFixed(0)],
  ['time per image, ms (p95)', ({ wallMsPerImage }) => wallMsPerImage.p95.toFixed(0)],
  ['no face found', ({ failureToAcquire }) => percent(failureToAcquire)],
  ['equal error rate', ({ eer }) => percent(eer)],
  ['FNMR at FMR 1e-3', ({ fnmrAtFmr }) => withInterval(fnmrAtFmr['1e-3'])],
  ['… a face not found counted as rejected', ({ fnmrAtFmr }) => percent(fnmrAtFmr['1e-3'].falseRejectRate)],
  ['FNMR at FMR 1e-4', ({ fnmrAtFmr }) => withInterval(fnmrAtFmr['1e-4'])],
  ['… a face not found counted as rejected', ({ fnmrAtFmr }) => percent(fnmrAtFmr['1e-4'].falseRejectRate)],
  ['genuine comparisons', ({ genuineComparisons }) => count(genuineComparisons)],
  ['impostor comparisons', ({ impostorComparisons }) => count(impostorComparisons)],
];

function withInterval({ fnmr, interval }: FnmrAtFmr): string {
  return `${percent(fnmr)} (${percentRange(interval)})`;
}

/** Markdown, so that the report can be put into docs/ as it is. */
export function peersReport(result: PeerBenchResult): string {
  const { contestants, machine } = result;
  const table = [
    ['', ...contestants.map(({ name }) => name)],
    ...ROWS.map(([title, cell]) => [title, ...contestants.map(cell)]),
  ];
  return [
    `${count(result.photographs)} photographs of ${count(result.people)} people, ${result.createdAt.slice(0, 10)}, ` +
      `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, onnxruntime ${machine.onnxruntime}`,
    '',
    ...markdownTable(table),
    '',
    ...contestants.map(({ name, about }) => `- ${name}: ${about}`),
  ].join('\n');
}

function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
