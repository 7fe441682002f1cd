import { setTimeout as sleep } from 'node:timers/promises';
import { STAGES, type Stage } from '@absah/contracts';
import { recordBareModels, type BareModels } from '@absah/inference';
import { spawnPlatform, type SpawnedPlatform } from '../../laptop/spawn-platform.js';
import { makeTemporaryData, removeTemporaryData } from '../../laptop/temporary-data.js';
import { bareLoopCpuSeconds } from '../measure/bare-loop.js';
import type { Tell } from '../measure/benchmark.js';
import { median, percentiles, type Percentiles } from '../measure/statistics.js';
import { cpuByPart, cpuOfAll, cpuSince, type CpuByPart } from './cpu-by-part.js';
import { runLoad, type Measured, type Work } from './load.js';
import { enrolNewPerson, prepareFaces, type Face } from './subjects.js';

export interface PipelineBenchOptions {
  readonly rounds: number;
  /** Per round. */
  readonly verifications: number;
  readonly concurrency: number;
}

export interface PipelineBenchResult {
  readonly options: PipelineBenchOptions;
  /** Median over rounds of platform CPU ÷ bare CPU. */
  readonly cpuRatio: number;
  readonly cpuRatios: readonly number[];
  readonly platformCpuMsPerVerification: number;
  /** Where it went. */
  readonly partsCpuMsPerVerification: CpuByPart;
  readonly bareCpuMsPerVerification: number;
  /** With `concurrency` callers. */
  readonly throughputPerSecond: number;
  /** One caller at a time, request to decision. */
  readonly latencyMs: Percentiles;
  /** With `concurrency` callers: mostly waiting for a core. */
  readonly loadedLatencyMs: Percentiles;
  /** One caller at a time. */
  readonly stages: Readonly<Partial<Record<Stage, Percentiles>>>;
}

interface Round {
  readonly ratio: number;
  readonly platformSeconds: CpuByPart;
  readonly bareSeconds: number;
  readonly throughput: number;
  readonly loaded: readonly Measured[];
  readonly unloaded: readonly Measured[];
}

/** Until the code of the hot path is compiled: a platform runs for weeks, not for one round. */
const WARM_UP = 200;
/** Purges, audit entries and the questions of the reconcilers are a round's work too, and end some seconds after it. */
const SETTLE_MS = 7_500;

export async function benchPipeline(options: PipelineBenchOptions, tell: Tell): Promise<PipelineBenchResult> {
  const folder = await makeTemporaryData('bench');
  try {
    const platform = await spawnPlatform(folder);
    try {
      return await benchPlatform(platform, options, tell);
    } finally {
      await platform.stop();
    }
  } finally {
    await removeTemporaryData(folder);
  }
}

async function benchPlatform(
  platform: SpawnedPlatform,
  options: PipelineBenchOptions,
  tell: Tell,
): Promise<PipelineBenchResult> {
  const faces = await prepareFaces(platform.modelsDir);
  const images = faces.map(({ image }) => image);
  const models = await recordBareModels(platform.modelsDir, images);
  await runLoad(platform, await prepareWork(platform, faces, WARM_UP), options.concurrency);
  await bareLoopCpuSeconds(models, images);
  const rounds: Round[] = [];
  for (let number = 1; number <= options.rounds; number += 1) {
    const round = await measureRound(platform, faces, models, options, number % 2 === 0);
    tell(
      `round ${number} of ${options.rounds}: ratio ${round.ratio.toFixed(2)}, ${round.throughput.toFixed(1)} per second`,
    );
    rounds.push(round);
  }
  return summarise(options, rounds);
}

/** The order within a pair alternates, so that a machine that slows down favours neither side. */
async function measureRound(
  platform: SpawnedPlatform,
  faces: readonly Face[],
  models: BareModels,
  options: PipelineBenchOptions,
  bareFirst: boolean,
): Promise<Round> {
  const work = await prepareWork(platform, faces, options.verifications);
  const sequential = await prepareWork(platform, faces, Math.ceil(options.verifications / 3));
  await sleep(SETTLE_MS);
  const images = work.map(({ image }) => image);
  const early = bareFirst ? await bareLoopCpuSeconds(models, images) : undefined;
  const before = cpuByPart(platform.pids);
  const load = await runLoad(platform, work, options.concurrency);
  await sleep(SETTLE_MS);
  const platformSeconds = cpuSince(before, platform.pids);
  const bareSeconds = early ?? (await bareLoopCpuSeconds(models, images));
  const { measured: unloaded } = await runLoad(platform, sequential, 1);
  return {
    ratio: cpuOfAll(platformSeconds) / bareSeconds,
    platformSeconds,
    bareSeconds,
    throughput: work.length / load.seconds,
    loaded: load.measured,
    unloaded,
  };
}

async function prepareWork(
  platform: SpawnedPlatform,
  faces: readonly Face[],
  count: number,
): Promise<Work[]> {
  const work: Work[] = [];
  for (let index = 0; index < count; index += 1) {
    const face = faces[index % faces.length];
    if (face) work.push({ nik: await enrolNewPerson(platform, face), image: face.image });
  }
  return work;
}

function summarise(options: PipelineBenchOptions, rounds: readonly Round[]): PipelineBenchResult {
  const unloaded = rounds.flatMap((round) => round.unloaded);
  const perVerification = (seconds: number): number => (seconds * 1000) / options.verifications;
  const cpuMs = (of: (seconds: CpuByPart) => number): number =>
    perVerification(median(rounds.map((round) => of(round.platformSeconds))));
  const stages = STAGES.map((stage) => {
    const values = unloaded.map(({ stagesMs }) => stagesMs[stage]).filter((value) => value !== undefined);
    return [stage, percentiles(values)] as const;
  });
  return {
    options,
    cpuRatio: median(rounds.map(({ ratio }) => ratio)),
    cpuRatios: rounds.map(({ ratio }) => ratio),
    platformCpuMsPerVerification: cpuMs(cpuOfAll),
    partsCpuMsPerVerification: {
      services: cpuMs(({ services }) => services),
      broker: cpuMs(({ broker }) => broker),
      database: cpuMs(({ database }) => database),
    },
    bareCpuMsPerVerification: perVerification(median(rounds.map((round) => round.bareSeconds))),
    throughputPerSecond: median(rounds.map((round) => round.throughput)),
    latencyMs: percentiles(unloaded.map(({ totalMs }) => totalMs)),
    loadedLatencyMs: percentiles(rounds.flatMap((round) => round.loaded).map(({ totalMs }) => totalMs)),
    stages: Object.fromEntries(stages),
  };
}
