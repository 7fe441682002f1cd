import type { Percentiles } from '../measure/statistics.js';
import type { OutageBenchOptions } from './bench-outage.js';
import type { Compared, OutageBenchResult } from './summary.js';

export function outageReport({ rounds, seconds }: OutageBenchOptions, result: OutageBenchResult): string {
  const compared: [string, Compared][] = [...Object.entries(result.kinds), ['all of them', result.others]];
  const told: [string, Percentiles][] = [
    ['told parked, first ones', result.toldParkedMs.first],
    ['told parked, later', result.toldParkedMs.later],
  ];
  return [
    `${rounds} interleaved rounds of ${seconds} s with a registry that answers and one that hangs`,
    `p99 ratio      ${result.others.p99Ratio.toFixed(2)}  (requests without the registry; aim: at most 1.2)`,
    `parked         ${result.parked} cases, all approved at most ${(result.drainedAfterMs / 1_000).toFixed(1)} s after an outage`,
    '',
    row('latency, ms', ['p50', 'p99', 'p50 hung', 'p99 hung', 'ratio']),
    ...compared.map(([name, { answering, hanging, p99Ratio }]) =>
      row(name, [
        ...[answering.p50, answering.p99, hanging.p50, hanging.p99].map(whole),
        p99Ratio.toFixed(2),
      ]),
    ),
    ...told.map(([name, { p50, p99 }]) => row(name, ['', '', whole(p50), whole(p99), ''])),
  ].join('\n');
}

/** A short window on a slow machine may hold no request of a kind. */
function whole(value: number): string {
  return Number.isNaN(value) ? 'none' : value.toFixed(0);
}

function row(name: string, cells: readonly string[]): string {
  return (name.padEnd(26) + cells.map((cell) => cell.padStart(10)).join('')).trimEnd();
}
