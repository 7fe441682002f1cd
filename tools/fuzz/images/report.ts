import type { Extreme, FuzzResult } from './fuzz-images.js';
import type { Cost } from './measure-answer.js';

export function fuzzReport({ files, answers, honest, worst, findings }: FuzzResult): string {
  const counts = Object.entries(answers).sort(([, a], [, b]) => b - a);
  return [
    `${files} files`,
    ...counts.map(([answer, count]) => `  ${String(count).padStart(7)}  ${answer}`),
    `largest honest picture: ${cost(honest)}`,
    `dearest in time:        ${extreme(worst.cpu, honest)}`,
    `dearest in memory:      ${extreme(worst.memory, honest)}`,
    `findings: ${findings.length}`,
    ...findings.map(({ what, detail }) => `  ${what}: ${detail}`),
  ].join('\n');
}

function cost({ cpuMs, peakMb }: Cost): string {
  return `${cpuMs.toFixed(0)} ms of CPU, ${peakMb.toFixed(0)} MB`;
}

function extreme(one: Extreme, honest: Cost): string {
  const extra = {
    cpuMs: Math.max(0, one.cpuMs - honest.cpuMs),
    peakMb: Math.max(0, one.peakMb - honest.peakMb),
  };
  return `${cost(one)} (extra ${cost(extra)}): ${one.name}`;
}
