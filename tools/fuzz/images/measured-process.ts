// Runs as a process of its own, so that a decoder that crashes takes nothing else along.
import { createFaceEngine } from '@absah/inference';
import type { FaceEngine } from '@absah/inference';
import { openFileSets } from './file-set.js';
import type { FileSet, FileSetName } from './file-set.js';
import { honestPortrait, largestHonestJpeg } from './honest-files.js';
import { measureAnswer } from './measure-answer.js';
import type { Cost, MeasuredAnswer } from './measure-answer.js';

export interface Job {
  readonly set: FileSetName;
  readonly from: number;
  /** Left out itself. */
  readonly to: number;
}

export interface MeasuredFile extends MeasuredAnswer {
  readonly index: number;
  readonly name: string;
  readonly bytes: number;
}

export type Report =
  | { readonly kind: 'ready'; readonly honest: Cost }
  | { readonly kind: 'measured'; readonly file: MeasuredFile }
  | { readonly kind: 'done' };

// Until the code of the hot path is compiled; and as often as the honest picture is measured.
const WARM_UP = 30;
const HONEST_ROUNDS = 5;

function tell(report: Report): void {
  process.send?.(report);
}

async function measureHonest(engine: FaceEngine, portrait: Buffer): Promise<Cost> {
  const picture = await largestHonestJpeg(portrait);
  const costs: Cost[] = [];
  for (let round = 0; round < HONEST_ROUNDS; round += 1) costs.push(await measureAnswer(engine, picture));
  return {
    cpuMs: Math.min(...costs.map(({ cpuMs }) => cpuMs)),
    peakMb: Math.min(...costs.map(({ peakMb }) => peakMb)),
  };
}

async function work(engine: FaceEngine, set: FileSet, { from, to }: Job): Promise<void> {
  for (let index = from; index < to; index += 1) {
    const file = set(index);
    if (!file) break;
    const bytes = file.make();
    const measured = await measureAnswer(engine, bytes);
    tell({ kind: 'measured', file: { index, name: file.name, bytes: bytes.length, ...measured } });
  }
  tell({ kind: 'done' });
}

const [modelsDir = '', samplesDir = ''] = process.argv.slice(2);
const portrait = await honestPortrait(samplesDir);
const open = await openFileSets(portrait);
const engine = await createFaceEngine({ modelsDir, role: 'analysis', workers: 1, maxQueue: 1 });
const mutants = open({ kind: 'mutated', seed: 0 });
for (let index = 0; index < WARM_UP; index += 1) {
  await measureAnswer(engine, mutants(index)?.make() ?? Buffer.alloc(0));
}
tell({ kind: 'ready', honest: await measureHonest(engine, portrait) });
process.on('message', (job: Job) => void work(engine, open(job.set), job));
// Whoever measures is gone.
process.on('disconnect', () => process.exit());
