import type { OverloadBenchResult, Phase } from './bench-overload.js';

const HEAD = [
  'load',
  'offered/s',
  'in time/s',
  'late',
  'refused',
  'failed',
  'p50 ms',
  'p99 ms',
  'memory MiB',
];

export function overloadReport({ phases, peakPerSecond, keptShare, options }: OverloadBenchResult): string {
  const rows = [HEAD, ...phases.map(rowOf)];
  return [
    `${options.seconds} s each: callers that wait for each other, then fixed rates; in time: decided within 3 s`,
    '',
    ...rows.map((row) => row.map((cell, column) => (column ? cell.padStart(11) : cell.padEnd(12))).join('')),
    '',
    `peak ${peakPerSecond.toFixed(1)} per second; at twice the peak ${(keptShare * 100).toFixed(0)} % of it is kept`,
  ].join('\n');
}

function rowOf({ name, offered, goodput, fates, p50Ms, p99Ms, memoryMebibytes }: Phase): string[] {
  const figures = [fates.late, fates.refused, fates.failed, p50Ms, p99Ms, memoryMebibytes];
  return [name, offered.toFixed(1), goodput.toFixed(1), ...figures.map((figure) => figure.toFixed(0))];
}
