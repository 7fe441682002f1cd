import type { FileSetName } from './file-set.js';
import type { Cost } from './measure-answer.js';
import type { MeasuredFile } from './measured-process.js';
import type { Folders } from './measuring-child.js';
import { MeasuringChild } from './measuring-child.js';

/** Beyond what the largest honest picture costs. */
const ALLOWANCE: Cost = { cpuMs: 100, peakMb: 100 };

// The lowest of these counts: other work on the machine can only make a file look dearer than it is.
const REPEATS = 3;

/** So many files of a set, from the first on; all of them when `count` is left out. */
export interface FuzzedSet {
  readonly set: FileSetName;
  readonly from?: number;
  readonly count?: number;
}

interface Finding {
  readonly set: FileSetName;
  readonly index: number;
  readonly what: 'crashed' | 'failed' | 'slow' | 'large';
  readonly detail: string;
}

export interface Extreme extends Cost {
  readonly name: string;
}

export interface FuzzResult {
  readonly files: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly honest: Cost;
  readonly worst: { readonly cpu: Extreme; readonly memory: Extreme };
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly allowance?: Cost;
  readonly tell?: (done: number, findings: number) => void;
}

/** Measures every file of the sets, and again what seems dear. */
export async function fuzzImages(
  folders: Folders,
  sets: readonly FuzzedSet[],
  { allowance = ALLOWANCE, tell = () => undefined }: FuzzOptions = {},
): Promise<FuzzResult> {
  const run = new FuzzRun(folders, { allowance, tell });
  try {
    for (const set of sets) await run.through(set);
    return await run.result();
  } finally {
    run.stop();
  }
}

const NOTHING: Extreme = { name: '', cpuMs: 0, peakMb: 0 };

class FuzzRun {
  readonly #folders: Folders;
  readonly #options: Required<FuzzOptions>;
  readonly #answers: Record<string, number> = {};
  readonly #findings: Finding[] = [];
  #child: MeasuringChild | undefined;
  #honest: Cost | undefined;
  #files = 0;
  #worst = { cpu: NOTHING, memory: NOTHING };

  constructor(folders: Folders, options: Required<FuzzOptions>) {
    this.#folders = folders;
    this.#options = options;
  }

  /** A file that crashes the process is noted, and the next process goes on behind it. */
  async through({ set, from = 0, count = Number.MAX_SAFE_INTEGER }: FuzzedSet): Promise<void> {
    const to = from + count;
    const suspects: MeasuredFile[] = [];
    for (let next = from; next < to;) {
      const child = await this.#running();
      const end = await child.run({ set, from: next, to }, (file) => {
        next = file.index + 1;
        this.#note(set, file);
        if (this.#isDear(file)) suspects.push(file);
      });
      if (end.kind === 'done') break;
      const { code, signal } = end.crash;
      this.#find({ set, index: next, what: 'crashed', detail: `the process ended with ${signal ?? code}` });
      this.#child = undefined;
      next += 1;
    }
    for (const suspect of suspects) await this.#confirm(set, suspect);
  }

  async result(): Promise<FuzzResult> {
    const honest = this.#honest ?? (await this.#running()).honest;
    return {
      files: this.#files,
      answers: this.#answers,
      honest,
      worst: this.#worst,
      findings: this.#findings,
    };
  }

  stop(): void {
    this.#child?.stop();
  }

  async #running(): Promise<MeasuringChild> {
    this.#child ??= await MeasuringChild.start(this.#folders);
    this.#honest ??= this.#child.honest;
    return this.#child;
  }

  #note(set: FileSetName, file: MeasuredFile): void {
    this.#files += 1;
    this.#answers[file.answer] = (this.#answers[file.answer] ?? 0) + 1;
    if (file.failed)
      this.#find({ set, index: file.index, what: 'failed', detail: `${file.name}: ${file.answer}` });
    if (!this.#isDear(file)) this.#compare(file);
    this.#options.tell(this.#files, this.#findings.length);
  }

  #compare({ name, cpuMs, peakMb }: MeasuredFile): void {
    const one = { name, cpuMs, peakMb };
    if (cpuMs > this.#worst.cpu.cpuMs) this.#worst = { ...this.#worst, cpu: one };
    if (peakMb > this.#worst.memory.peakMb) this.#worst = { ...this.#worst, memory: one };
  }

  #isDear(cost: Cost): boolean {
    const { cpuMs, peakMb } = this.#limits();
    return cost.cpuMs > cpuMs || cost.peakMb > peakMb;
  }

  #limits(): Cost {
    const { cpuMs, peakMb } = this.#honest ?? NOTHING;
    const { allowance } = this.#options;
    return { cpuMs: cpuMs + allowance.cpuMs, peakMb: peakMb + allowance.peakMb };
  }

  /** Measures it again, alone, before it counts. */
  async #confirm(set: FileSetName, suspect: MeasuredFile): Promise<void> {
    const again = [suspect];
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const child = await this.#running();
      await child.run({ set, from: suspect.index, to: suspect.index + 1 }, (file) => again.push(file));
    }
    const cpuMs = Math.min(...again.map((file) => file.cpuMs));
    const peakMb = Math.min(...again.map((file) => file.peakMb));
    const measured = { ...suspect, cpuMs, peakMb };
    this.#compare(measured);
    if (!this.#isDear(measured)) return;
    const what = cpuMs > this.#limits().cpuMs ? 'slow' : 'large';
    const detail = `${suspect.name}: ${cpuMs.toFixed(0)} ms, ${peakMb.toFixed(0)} MB, ${suspect.answer}`;
    this.#find({ set, index: suspect.index, what, detail });
  }

  #find(finding: Finding): void {
    this.#findings.push(finding);
  }
}
