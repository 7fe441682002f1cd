import type { FaceEngine } from '@absah/inference';
import { memoryMeter } from './memory-meter.js';

export interface Cost {
  /** Of all threads, so that it counts wherever the work is done. */
  readonly cpuMs: number;
  /** Beyond what the process held before. */
  readonly peakMb: number;
}

export interface MeasuredAnswer extends Cost {
  /** The code of a refusal, or what was seen. */
  readonly answer: string;
  /** Whether the engine threw, which no picture may make it do. */
  readonly failed: boolean;
}

const LARGE = 2 ** 20;

/** As production does it: through the pool, in a worker, with all models. */
export async function measureAnswer(engine: FaceEngine, bytes: Uint8Array): Promise<MeasuredAnswer> {
  // What making it left behind would make room for what reading it takes.
  if (bytes.length > LARGE) globalThis.gc?.();
  const before = memoryMeter.nowMb();
  memoryMeter.reset();
  const start = process.cpuUsage();
  const answered = await answerOf(engine, bytes);
  const { user, system } = process.cpuUsage(start);
  return { ...answered, cpuMs: (user + system) / 1000, peakMb: memoryMeter.highWaterMb() - before };
}

async function answerOf(engine: FaceEngine, bytes: Uint8Array): Promise<Omit<MeasuredAnswer, keyof Cost>> {
  try {
    const analysis = await engine.analyse(bytes);
    return { answer: analysis.kind === 'unreadable' ? analysis.code : analysis.kind, failed: false };
  } catch (error) {
    return { answer: error instanceof Error ? error.name : 'unknown', failed: true };
  }
}
