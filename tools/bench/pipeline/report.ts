import type { PipelineBenchResult } from './bench-pipeline.js';
import type { Percentiles } from '../measure/statistics.js';

export function pipelineReport(result: PipelineBenchResult): string {
  const { rounds, verifications, concurrency } = result.options;
  const { services, broker, database } = result.partsCpuMsPerVerification;
  const rows: [string, Percentiles][] = [
    ['request to decision', result.latencyMs],
    ...Object.entries(result.stages),
    [`${concurrency} callers at once`, result.loadedLatencyMs],
  ];
  return [
    `${rounds} interleaved rounds of ${verifications} verifications, ${concurrency} callers`,
    `CPU ratio      ${result.cpuRatio.toFixed(2)}  (rounds: ${result.cpuRatios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
    `CPU            ${result.platformCpuMsPerVerification.toFixed(1)} ms per verification, ` +
      `bare decode and models ${result.bareCpuMsPerVerification.toFixed(1)} ms`,
    `               services ${services.toFixed(1)}, broker ${broker.toFixed(1)}, database ${database.toFixed(1)} ms`,
    `throughput     ${result.throughputPerSecond.toFixed(1)} verifications per second`,
    '',
    `${'latency, ms'.padEnd(22)}${['p50', 'p95', 'p99'].map((head) => head.padStart(8)).join('')}`,
    ...rows.map(([name, { p50, p95, p99 }]) => {
      return name.padEnd(22) + [p50, p95, p99].map((value) => value.toFixed(0).padStart(8)).join('');
    }),
  ].join('\n');
}
