import type { EngineBenchResult } from './bench-engine.js';

export function engineReport(result: EngineBenchResult): string {
  const { options, images, load, latencyMs } = result;
  const stages = Object.entries(result.stagesMs).map(([stage, ms]) => `${stage} ${ms.toFixed(1)}`);
  return [
    `${options.rounds} interleaved rounds of ${images.count} captures, ${images.size}, ` +
      `${Math.round(images.medianBytes / 1024)} KiB each (median)`,
    `CPU ratio    ${result.cpuRatio.toFixed(2)}  (rounds: ${result.cpuRatios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
    `CPU          ${result.msPerImage.toFixed(1)} ms per capture, bare decode and models ${result.bareMsPerImage.toFixed(1)} ms`,
    `latency      p50 ${latencyMs.p50.toFixed(0)}, p95 ${latencyMs.p95.toFixed(0)}, p99 ${latencyMs.p99.toFixed(0)} ms, one caller`,
    `stages, ms   ${stages.join(', ')}`,
    `under load   ${load.verifications} verifications by ${load.callers} callers: ${load.perSecond.toFixed(1)} per second`,
    `event loop   busy for ${load.eventLoop.longestTurnMs.toFixed(1)} ms at a time at most; late by ` +
      `${load.eventLoop.p99DelayMs.toFixed(1)} ms (p99), ${load.eventLoop.maxDelayMs.toFixed(1)} ms (highest)`,
    `memory       ${load.memory.startMib.toFixed(0)} to ${load.memory.endMib.toFixed(0)} MiB resident: grew by ${load.memory.rssGrowthMib.toFixed(1)} MiB`,
  ].join('\n');
}
