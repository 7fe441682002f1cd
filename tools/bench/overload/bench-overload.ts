import { setTimeout as sleep } from 'node:timers/promises';
import { spawnPlatform, type SpawnedPlatform } from '../../laptop/spawn-platform.js';
import { makeTemporaryData, removeTemporaryData } from '../../laptop/temporary-data.js';
import type { Tell } from '../measure/benchmark.js';
import { percentiles } from '../measure/statistics.js';
import { enrolNewPerson, prepareFaces, type Face } from '../pipeline/subjects.js';
import { closedLoop, openLoop, type Load } from './loads.js';
import { highWaterMebibytes } from './memory.js';
import { Operators, type Fate } from './operators.js';
import { PreparedUpload } from './prepared-upload.js';

export interface OverloadBenchOptions {
  /** Of each phase. */
  readonly seconds: number;
}

export interface Phase {
  readonly name: string;
  /** Requests per second that were sent. */
  readonly offered: number;
  /** Decided within three seconds, per second. */
  readonly goodput: number;
  readonly fates: Readonly<Record<Fate, number>>;
  /** Of those that were decided. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly memoryMebibytes: number;
}

export interface OverloadBenchResult {
  readonly options: OverloadBenchOptions;
  /** The most that were decided in time while callers waited for each other. */
  readonly peakPerSecond: number;
  readonly phases: readonly Phase[];
  /** Goodput at twice the peak ÷ peak. */
  readonly keptShare: number;
}

/** How many callers find the peak depends on the machine: too few leave it idle, too many wait too long. */
const CALLERS = [4, 8, 16];
const WARM_UP_CALLERS = 8;
const WARM_UP_SECONDS = 8;
const SETTLE_MS = 3_000;
/** More people than the open loop at twice the peak sends, should the peak be a little higher next time. */
const SPARE = 1.2;

export async function benchOverload(options: OverloadBenchOptions, tell: Tell): Promise<OverloadBenchResult> {
  const folder = await makeTemporaryData('overload');
  try {
    const platform = await spawnPlatform(folder);
    try {
      return await measure(platform, options, tell);
    } finally {
      await platform.stop();
    }
  } finally {
    await removeTemporaryData(folder);
  }
}

async function measure(
  platform: SpawnedPlatform,
  options: OverloadBenchOptions,
  tell: Tell,
): Promise<OverloadBenchResult> {
  const [face] = await prepareFaces(platform.modelsDir);
  if (!face) throw new Error('there is no sample portrait');
  const crowd = new Crowd(platform, face);
  const operators = new Operators(platform, new PreparedUpload(face.image));
  const send = async () => operators.verify(crowd.next());
  try {
    await crowd.gather(WARM_UP_CALLERS * WARM_UP_SECONDS * 10);
    const warm = await closedLoop(send, WARM_UP_CALLERS, WARM_UP_SECONDS);
    const ratePerSecond = Math.max(1, warm.outcomes.length / WARM_UP_SECONDS);
    const tried: Phase[] = [];
    for (const callers of CALLERS) {
      await crowd.gather(ratePerSecond * options.seconds * SPARE * 2);
      const phase = phaseOf(`${callers} callers`, await closedLoop(send, callers, options.seconds), platform);
      tried.push(phase);
      tell(`${callers} callers: ${phase.goodput.toFixed(1)} per second in time`);
    }
    const peak = Math.max(...tried.map(({ goodput }) => goodput));
    const phases = [...tried];
    let goodputAtTwice = 0;
    for (const times of [1, 2]) {
      await crowd.gather(peak * times * options.seconds * SPARE);
      await sleep(SETTLE_MS);
      const load = await openLoop(send, peak * times, options.seconds);
      const phase = phaseOf(`${times} x peak`, load, platform);
      phases.push(phase);
      goodputAtTwice = phase.goodput;
      tell(`${times} x peak: ${phase.goodput.toFixed(1)} of ${peak.toFixed(1)} per second in time`);
    }
    return { options, peakPerSecond: peak, phases, keptShare: goodputAtTwice / peak };
  } finally {
    await operators.close();
  }
}

/** People whom the registry knows, each verified once: attempts are limited per person. */
class Crowd {
  readonly #niks: string[] = [];

  constructor(
    private readonly platform: SpawnedPlatform,
    private readonly face: Face,
  ) {}

  async gather(count: number): Promise<void> {
    while (this.#niks.length < count) this.#niks.push(await enrolNewPerson(this.platform, this.face));
  }

  next(): string {
    const nik = this.#niks.pop();
    if (nik === undefined) throw new Error('more requests were sent than people were enrolled');
    return nik;
  }
}

function phaseOf(name: string, { outcomes, seconds }: Load, platform: SpawnedPlatform): Phase {
  const count = (fate: Fate): number => outcomes.filter((outcome) => outcome.fate === fate).length;
  const decided = outcomes.filter(({ fate }) => fate === 'in-time' || fate === 'late');
  const { p50, p99 } = percentiles(decided.map(({ milliseconds }) => milliseconds));
  return {
    name,
    offered: outcomes.length / seconds,
    goodput: count('in-time') / seconds,
    fates: {
      'in-time': count('in-time'),
      late: count('late'),
      refused: count('refused'),
      failed: count('failed'),
    },
    p50Ms: p50,
    p99Ms: p99,
    memoryMebibytes: highWaterMebibytes(platform.pids),
  };
}
