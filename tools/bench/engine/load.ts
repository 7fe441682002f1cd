import type { FaceEngine } from '@absah/inference';
import { median } from '../measure/statistics.js';
import { watchEventLoop, type EventLoopResult } from './event-loop.js';
import { verify } from './verify.js';

export interface LoadResult {
  readonly verifications: number;
  readonly callers: number;
  readonly perSecond: number;
  readonly eventLoop: EventLoopResult;
  readonly memory: MemoryResult;
}

export interface MemoryResult {
  /** Resident, once the first tenth of the verifications has filled what is filled once. */
  readonly startMib: number;
  readonly endMib: number;
  readonly rssGrowthMib: number;
}

const MEMORY_SAMPLES = 100;

export interface Load {
  readonly verifications: number;
  /** Closed loop: each sends its next capture when its last is done. */
  readonly callers: number;
}

export async function runLoad(
  engine: FaceEngine,
  images: readonly Uint8Array[],
  { verifications, callers }: Load,
): Promise<LoadResult> {
  const rss: number[] = [];
  const sampleEvery = Math.ceil(verifications / MEMORY_SAMPLES);
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let number = next++; number < verifications; number = next++) {
      await verify(engine, images[number % images.length] as Uint8Array);
      if (number % sampleEvery === 0) rss.push(process.memoryUsage.rss());
    }
  };
  const startedAt = performance.now();
  const eventLoop = await watchEventLoop(() => Promise.all(Array.from({ length: callers }, caller)));
  const seconds = (performance.now() - startedAt) / 1000;
  return { verifications, callers, perSecond: verifications / seconds, eventLoop, memory: memoryGrowth(rss) };
}

/** Medians of the second and the last tenth, since resident memory goes up and down with every capture. */
export function memoryGrowth(rssBytes: readonly number[]): MemoryResult {
  const tenth = Math.max(1, Math.floor(rssBytes.length / 10));
  const toMib = (bytes: number): number => bytes / 2 ** 20;
  const startMib = toMib(median(rssBytes.slice(tenth, 2 * tenth)));
  const endMib = toMib(median(rssBytes.slice(-tenth)));
  return { startMib, endMib, rssGrowthMib: endMib - startMib };
}
