import { thisMachine, type Machine } from '../../evaluate/report/provenance.js';
import type { Labels } from '../../evaluate/faces/labels.js';
import type { Tell } from '../measure/benchmark.js';
import { percentiles, type Percentiles } from '../measure/statistics.js';
import { ContestantChild } from './contestant-child.js';
import { CONTESTANTS, type ContestantName, type Described } from './contestant-messages.js';
import { installPeerPackages } from './peer-packages.js';
import { findPhotographs, type Photograph } from './photographs.js';
import { rateAttempts, type Recognition } from './recognition.js';

export interface PeerBenchOptions {
  readonly folder: string;
  readonly labels: Labels;
  readonly identities: number;
}

export interface PeerResult extends Recognition {
  readonly name: ContestantName;
  readonly about: string;
  /** CPU of the process with all its threads. */
  readonly cpuMsPerImage: Percentiles;
  readonly wallMsPerImage: Percentiles;
}

export interface PeerBenchResult {
  readonly createdAt: string;
  readonly photographs: number;
  readonly people: number;
  readonly machine: Machine;
  readonly contestants: readonly PeerResult[];
}

/** Images until a contestant's code is compiled; they count for recognition, not for time. */
const WARM_UP = 20;
const PROGRESS_EVERY = 100;

export async function benchPeers(options: PeerBenchOptions, tell: Tell): Promise<PeerBenchResult> {
  const photographs = await findPhotographs(options.folder, options.labels, options.identities);
  if (photographs.length <= WARM_UP) throw new Error('too few people with two photographs or more');
  const packages = await installPeerPackages((step, detail) => tell(`${step}: ${detail ?? ''}`));
  const children: ContestantChild[] = [];
  try {
    for (const name of CONTESTANTS) children.push(await ContestantChild.start(name, packages));
    const answers = await describeAll(children, photographs, tell);
    return {
      createdAt: new Date().toISOString(),
      photographs: photographs.length,
      people: new Set(photographs.map(({ person }) => person)).size,
      machine: thisMachine(),
      contestants: children.map((child) => summarise(child, photographs, answers.get(child) ?? [])),
    };
  } finally {
    for (const child of children) child.close();
  }
}

/** One image after the other, one contestant at a time: all meet the same machine. Whose turn is first moves on
 *  with each image. */
async function describeAll(
  children: readonly ContestantChild[],
  photographs: readonly Photograph[],
  tell: Tell,
): Promise<ReadonlyMap<ContestantChild, readonly Described[]>> {
  const answers = new Map(children.map((child) => [child, [] as Described[]]));
  for (const [index, { path }] of photographs.entries()) {
    const first = index % children.length;
    for (const child of [...children.slice(first), ...children.slice(0, first)]) {
      answers.get(child)?.push(await child.describe(path));
    }
    if ((index + 1) % PROGRESS_EVERY === 0) tell(`${index + 1} of ${photographs.length} photographs`);
  }
  return answers;
}

function summarise(
  { name, about }: ContestantChild,
  photographs: readonly Photograph[],
  answers: readonly Described[],
): PeerResult {
  const attempts = photographs.map(({ person }, index) => {
    const descriptor = answers[index]?.descriptor;
    return { person, ...(descriptor && { descriptor }) };
  });
  const timed = answers.slice(WARM_UP);
  return {
    name,
    about,
    cpuMsPerImage: percentiles(timed.map(({ cpuMs }) => cpuMs)),
    wallMsPerImage: percentiles(timed.map(({ wallMs }) => wallMs)),
    ...rateAttempts(attempts),
  };
}
