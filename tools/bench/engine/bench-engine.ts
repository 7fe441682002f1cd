import { availableParallelism } from 'node:os';
import {
  createFaceEngine,
  modelManifest,
  recordBareModels,
  type BareModels,
  type FaceEngine,
} from '@absah/inference';
import { fetchModels, silent } from '@absah/local-infra';
import { bareLoopCpuSeconds } from '../measure/bare-loop.js';
import type { Tell } from '../measure/benchmark.js';
import { cpuSeconds } from '../measure/own-cpu.js';
import { median, percentiles, type Percentiles } from '../measure/statistics.js';
import { webcamCaptures } from './captures.js';
import { runLoad, type LoadResult } from './load.js';
import { verify, type Verified } from './verify.js';

export interface EngineBenchOptions {
  readonly rounds: number;
  /** Under load, after the rounds. */
  readonly verifications: number;
}

export interface EngineBenchResult {
  readonly options: EngineBenchOptions;
  readonly modelChain: string;
  readonly images: { readonly count: number; readonly size: string; readonly medianBytes: number };
  /** Median over rounds of engine CPU ÷ bare CPU. */
  readonly cpuRatio: number;
  readonly cpuRatios: readonly number[];
  /** CPU of the engine, all threads. */
  readonly msPerImage: number;
  readonly bareMsPerImage: number;
  /** One caller at a time. */
  readonly latencyMs: Percentiles;
  /** Medians, one caller at a time. */
  readonly stagesMs: Readonly<Partial<Record<keyof Verified['stagesMs'], number>>>;
  readonly load: LoadResult;
}

interface Round {
  readonly engineSeconds: number;
  readonly bareSeconds: number;
  readonly verified: readonly Verified[];
}

/** Rounds until the code of the hot path is compiled: an engine runs for weeks, not for one round. */
const WARM_UP_ROUNDS = 15;
const FEWEST_PEOPLE = 5;

export async function benchEngine(options: EngineBenchOptions, tell: Tell): Promise<EngineBenchResult> {
  const modelsDir = await fetchModels(silent);
  const workers = availableParallelism();
  const callers = 2 * workers;
  const engine = await createFaceEngine({ modelsDir, role: 'full', workers, maxQueue: callers });
  try {
    const images = await usableCaptures(engine);
    const models = await recordBareModels(modelsDir, images);
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await measureRound(engine, models, images, false);
    const rounds: Round[] = [];
    for (let number = 1; number <= options.rounds; number += 1) {
      rounds.push(await measureRound(engine, models, images, number % 2 === 0));
    }
    await models.close();
    tell(`${options.rounds} rounds done; ${options.verifications} verifications under load follow`);
    const load = await runLoad(engine, images, { verifications: options.verifications, callers });
    return summarise(options, images, rounds, load);
  } finally {
    await engine.close();
  }
}

/** A retake costs less than a verification, and is not what is measured here. */
async function usableCaptures(engine: FaceEngine): Promise<readonly Uint8Array[]> {
  const usable: Uint8Array[] = [];
  for (const image of await webcamCaptures()) {
    if ((await engine.analyse(image)).kind === 'face') usable.push(image);
  }
  if (usable.length < FEWEST_PEOPLE) throw new Error('the quality gate refuses most sample people');
  return usable;
}

/** The order within a pair alternates, so that a machine that slows down favours neither side. */
async function measureRound(
  engine: FaceEngine,
  models: BareModels,
  images: readonly Uint8Array[],
  bareFirst: boolean,
): Promise<Round> {
  const verified: Verified[] = [];
  const early = bareFirst ? await bareLoopCpuSeconds(models, images) : undefined;
  const engineSeconds = await cpuSeconds(async () => {
    for (const image of images) verified.push(await verify(engine, image));
  });
  const bareSeconds = early ?? (await bareLoopCpuSeconds(models, images));
  return { engineSeconds, bareSeconds, verified };
}

function summarise(
  options: EngineBenchOptions,
  images: readonly Uint8Array[],
  rounds: readonly Round[],
  load: LoadResult,
): EngineBenchResult {
  const verified = rounds.flatMap((round) => round.verified);
  const ratios = rounds.map(({ engineSeconds, bareSeconds }) => engineSeconds / bareSeconds);
  const perImage = (seconds: readonly number[]): number => (median(seconds) * 1000) / images.length;
  return {
    options,
    modelChain: modelManifest.modelChain,
    images: {
      count: images.length,
      size: '1280x960',
      medianBytes: median(images.map(({ length }) => length)),
    },
    cpuRatio: median(ratios),
    cpuRatios: ratios,
    msPerImage: perImage(rounds.map(({ engineSeconds }) => engineSeconds)),
    bareMsPerImage: perImage(rounds.map(({ bareSeconds }) => bareSeconds)),
    latencyMs: percentiles(verified.map(({ totalMs }) => totalMs)),
    stagesMs: medianStages(verified),
    load,
  };
}

function medianStages(verified: readonly Verified[]): EngineBenchResult['stagesMs'] {
  const stages = Object.keys(verified[0]?.stagesMs ?? {}) as (keyof Verified['stagesMs'])[];
  return Object.fromEntries(
    stages.map((stage) => [stage, median(verified.map(({ stagesMs }) => stagesMs[stage] ?? Number.NaN))]),
  );
}
