import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { mergeImpostorScores } from '@absah/evaluation';
import type { Comparisons, ImpostorScores, WorkShare } from '@absah/evaluation';

export interface ImpostorTask {
  readonly comparisons: Comparisons;
  readonly capacity: number;
  readonly share: WorkShare;
}

const THREAD = new URL('impostor-thread.js', import.meta.url);

// Exact scores are wanted up to this false match rate; a list must have room for twice as many.
const EXACT_UP_TO_FMR = 2e-3;
const MIN_CAPACITY = 65_536;
const MAX_CAPACITY = 4_194_304;

/** Millions of impostor comparisons, divided among threads that share the templates' memory. */
export async function compareInThreads(comparisons: Comparisons, threads: number): Promise<ImpostorScores> {
  const { probes, references, symmetric } = comparisons;
  const pairs = (probes.persons.length * references.persons.length) / (symmetric ? 2 : 1);
  const capacity = Math.min(MAX_CAPACITY, Math.max(MIN_CAPACITY, Math.ceil(2 * EXACT_UP_TO_FMR * pairs)));
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, part) =>
      run({ comparisons, capacity, share: { part, parts: threads } }),
    ),
  );
  return mergeImpostorScores(parts);
}

async function run(task: ImpostorTask): Promise<ImpostorScores> {
  const thread = new Worker(THREAD, { workerData: task });
  // An error in the thread rejects this wait.
  const [scores] = (await once(thread, 'message')) as [ImpostorScores];
  return scores;
}
