import { setTimeout as sleep } from 'node:timers/promises';
import { everyPid } from '../../laptop/platform-pids.js';
import { spawnPlatform, type SpawnedPlatform } from '../../laptop/spawn-platform.js';
import { makeTemporaryData, removeTemporaryData } from '../../laptop/temporary-data.js';
import type { Tell } from '../measure/benchmark.js';
import { median, percentiles } from '../measure/statistics.js';
import { enrolNewPerson, prepareFaces, type Face } from '../pipeline/subjects.js';
import { closedLoop, openLoop, type Load } from './loads.js';
import { highWaterMebibytes } from './memory.js';
import { Operators, type Fate, type Outcome } from './operators.js';
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
  /** Goodput at twice the peak ÷ peak; the median over rounds that follow each other. */
  readonly keptShare: number;
}

/** How many callers find the peak depends on the machine: too few leave it idle, too many wait too long. */
const CALLERS = [4, 8, 16];
const WARM_UP_CALLERS = 8;
/** Until the first phase tells. */
const EXPECTED_PER_SECOND = 20;
const ROUNDS = 3;
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
  const operators = new Operators(platform, new PreparedUpload(face.image));
  try {
    const trial = new Trial(platform, operators, new Crowd(platform, face), options.seconds, tell);
    await trial.callers(WARM_UP_CALLERS);
    const tried = [];
    for (const count of CALLERS) tried.push({ count, phase: await trial.callers(count) });
    const best = tried.reduce((one, other) => (other.phase.goodput > one.phase.goodput ? other : one));
    const once = await trial.openLoop('1 x peak', best.phase.goodput);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await compare(trial, best.count));
    return {
      options,
      phases: [
        ...tried.map(({ phase }) => phase),
        once,
        ...rounds.flatMap((round) => [round.peak, round.twice]),
      ],
      peakPerSecond: median(rounds.map(({ peak }) => peak.goodput)),
      keptShare: median(rounds.map(({ peak, twice }) => twice.goodput / peak.goodput)),
    };
  } finally {
    await operators.close();
  }
}

/** One after the other, so that a machine that slows down favours neither. */
async function compare(
  trial: Trial,
  callers: number,
): Promise<{ readonly peak: Phase; readonly twice: Phase }> {
  const peak = await trial.callers(callers);
  return { peak, twice: await trial.openLoop('2 x peak', peak.goodput * 2) };
}

/** Loads on one platform, one at a time. */
class Trial {
  #perSecond = EXPECTED_PER_SECOND;

  constructor(
    private readonly platform: SpawnedPlatform,
    private readonly operators: Operators,
    private readonly crowd: Crowd,
    private readonly seconds: number,
    private readonly tell: Tell,
  ) {}

  async callers(count: number): Promise<Phase> {
    await this.crowd.gather(this.#perSecond * this.seconds * SPARE + count);
    const phase = this.report(`${count} callers`, await closedLoop(() => this.send(), count, this.seconds));
    this.#perSecond = Math.max(this.#perSecond, phase.goodput * 2);
    return phase;
  }

  async openLoop(name: string, perSecond: number): Promise<Phase> {
    await this.crowd.gather(perSecond * this.seconds * SPARE);
    await sleep(SETTLE_MS);
    return this.report(name, await openLoop(() => this.send(), perSecond, this.seconds));
  }

  private async send(): Promise<Outcome> {
    const nik = this.crowd.next();
    const outcome = await this.operators.verify(nik);
    if (outcome.fate === 'refused') this.crowd.comesAgain(nik);
    return outcome;
  }

  private report(name: string, load: Load): Phase {
    const phase = phaseOf(name, load, this.platform);
    this.tell(`${name}: ${phase.goodput.toFixed(1)} of ${phase.offered.toFixed(1)} per second in time`);
    return phase;
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

  /** Refused before anybody knew who it is. */
  comesAgain(nik: string): void {
    this.#niks.push(nik);
  }
}

function phaseOf(name: string, { outcomes, seconds, goodput }: Load, platform: SpawnedPlatform): Phase {
  const count = (fate: Fate): number => outcomes.filter((outcome) => outcome.fate === fate).length;
  const decided = outcomes.filter(({ fate }) => fate === 'in-time' || fate === 'late');
  const { p50, p99 } = percentiles(decided.map(({ milliseconds }) => milliseconds));
  return {
    name,
    offered: outcomes.length / seconds,
    goodput,
    fates: {
      'in-time': count('in-time'),
      late: count('late'),
      refused: count('refused'),
      failed: count('failed'),
    },
    p50Ms: p50,
    p99Ms: p99,
    memoryMebibytes: highWaterMebibytes(everyPid(platform.pids)),
  };
}
