import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Cost } from './measure-answer.js';
import type { Job, MeasuredFile, Report } from './measured-process.js';

export interface Folders {
  readonly modelsDir: string;
  readonly samplesDir: string;
}

/** How a process ended that should not have. */
interface Crash {
  readonly code: number | null;
  readonly signal: string | null;
}

export type JobEnd = { readonly kind: 'done' } | { readonly kind: 'crashed'; readonly crash: Crash };

// Freed blocks go back to the system at once. Otherwise what one file took would be there for the next, and its
// peak would not show.
const MALLOC = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };

/** A process that measures files, one after the other. */
export class MeasuringChild {
  readonly #child: ChildProcess;
  readonly honest: Cost;

  private constructor(child: ChildProcess, honest: Cost) {
    this.#child = child;
    this.honest = honest;
  }

  static async start({ modelsDir, samplesDir }: Folders): Promise<MeasuringChild> {
    const entry = fileURLToPath(new URL('./measured-process.js', import.meta.url));
    const child = fork(entry, [modelsDir, samplesDir], {
      env: MALLOC,
      execArgv: ['--expose-gc', '--single-threaded-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error('the measuring process did not start')));
      child.once('message', (report: Report) => {
        if (report.kind === 'ready') resolve(new MeasuringChild(child, report.honest));
      });
    });
  }

  async run(job: Job, onMeasured: (file: MeasuredFile) => void): Promise<JobEnd> {
    const { promise, resolve } = Promise.withResolvers<JobEnd>();
    const onReport = (report: Report): void => {
      if (report.kind === 'measured') onMeasured(report.file);
      if (report.kind === 'done') resolve({ kind: 'done' });
    };
    const onExit = (code: number | null, signal: string | null): void =>
      resolve({ kind: 'crashed', crash: { code, signal } });
    this.#child.on('message', onReport).once('exit', onExit);
    this.#child.send(job);
    try {
      return await promise;
    } finally {
      this.#child.off('message', onReport).off('exit', onExit);
    }
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
