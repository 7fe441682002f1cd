import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FaceEngine } from '@absah/inference';
import { median } from '../measure/statistics.js';
import { verify } from './verify.js';

export interface LoadResult {
  readonly verifications: number;
  readonly callers: number;
  readonly perSecond: number;
  /** Of the thread that would serve requests meanwhile. */
  readonly eventLoopDelay: { readonly p99Ms: number; readonly maxMs: number };
  readonly memory: MemoryResult;
}

export interface MemoryResult {
  /** Resident, once the first tenth of the verifications has filled what is filled once. */
  readonly startMib: number;
  readonly endMib: number;
  readonly rssGrowthMib: number;
}

const TIMER_MS = 1;
const MEMORY_SAMPLES = 100;

/** Closed loop: `callers` that each send their next capture when the last is done. */
export async function runLoad(
  engine: FaceEngine,
  images: readonly Uint8Array[],
  { verifications, callers }: { readonly verifications: number; readonly callers: number },
): Promise<LoadResult> {
  const rss: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: TIMER_MS });
  const startedAt = performance.now();
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let number = next++; number < verifications; number = next++) {
      await verify(engine, images[number % images.length] as Uint8Array);
      if (number % Math.ceil(verifications / MEMORY_SAMPLES) === 0) rss.push(process.memoryUsage.rss());
    }
  };
  delay.enable();
  await Promise.all(Array.from({ length: callers }, caller));
  delay.disable();
  return {
    verifications,
    callers,
    perSecond: (verifications * 1000) / (performance.now() - startedAt),
    eventLoopDelay: { p99Ms: beyondTimer(delay.percentile(99)), maxMs: beyondTimer(delay.max) },
    memory: memoryGrowth(rss),
  };
}

/** The histogram holds nanoseconds from tick to tick, thus also the tick itself. */
function beyondTimer(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - TIMER_MS);
}

/** Medians of the second and the last tenth, since resident memory goes up and down with every capture. */
export function memoryGrowth(rssBytes: readonly number[]): MemoryResult {
  const tenth = Math.max(1, Math.floor(rssBytes.length / 10));
  const toMib = (bytes: number): number => bytes / 2 ** 20;
  const startMib = toMib(median(rssBytes.slice(tenth, 2 * tenth)));
  const endMib = toMib(median(rssBytes.slice(-tenth)));
  return { startMib, endMib, rssGrowthMib: endMib - startMib };
}
