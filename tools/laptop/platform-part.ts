import { processFamily } from './process-family.js';

/** A process as whoever launched it knows it. */
export interface RunningPart {
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** A service or server with a process of its own, which can be ended and comes back at the same address. */
export class PlatformPart<T extends RunningPart = RunningPart> {
  #current: T;
  #running = true;

  /** `launch` starts a process, the same way and at the same address each time; `first` is one it started. */
  constructor(
    readonly name: string,
    private readonly launch: () => Promise<T>,
    first: T,
  ) {
    this.#current = first;
    this.#watch();
  }

  /** What runs, or ran last. */
  get current(): T {
    return this.#current;
  }

  get pid(): number {
    return this.#current.pid;
  }

  get isRunning(): boolean {
    return this.#running;
  }

  /** Of the process that runs now. */
  get exited(): Promise<void> {
    return this.#current.exited;
  }

  /** Once the last one has ended; resolves when the new one is ready, rejects when it ends before. */
  async start(): Promise<void> {
    if (this.#running) throw new Error(`${this.name} still runs`);
    this.#current = await this.launch();
    this.#running = true;
    this.#watch();
  }

  /** In order, as an orchestrator asks for it. */
  async stop(): Promise<void> {
    if (this.#running) await this.#current.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.exited;
    await this.start();
  }

  /** As a power cut does it: nothing is finished, nothing is handed back. */
  async kill(): Promise<void> {
    this.#signal([this.pid], 'SIGKILL');
    await this.exited;
  }

  /** Keeps its connections and does nothing, with every process that it started. */
  async pause(): Promise<void> {
    this.#signal(await processFamily(this.pid), 'SIGSTOP');
  }

  async resume(): Promise<void> {
    this.#signal(await processFamily(this.pid), 'SIGCONT');
  }

  #watch(): void {
    const watched = this.#current;
    void watched.exited.then(() => {
      if (this.#current === watched) this.#running = false;
    });
  }

  /** A process id of one that ended may be somebody else's by now. */
  #signal(pids: readonly number[], signal: NodeJS.Signals): void {
    if (!this.#running) return;
    for (const pid of pids) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }
}
