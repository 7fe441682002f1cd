import { BusyError, EngineClosedError, EngineDeadlineError } from './engine-errors.js';
import { FaceWorkerThread } from './face-worker-thread.js';
import type { Task, TaskKind, TaskResult, TaskResults, WorkerSetup } from './worker-messages.js';

interface Waiting {
  readonly task: Task;
  readonly settle: PromiseWithResolvers<TaskResult>;
}

export interface PoolSize {
  readonly workers: number;
  readonly maxQueue: number;
  /** How long one task may take before its worker is given up. */
  readonly taskDeadlineMs?: number;
}

// A hundred times what a capture takes, and still before its sender gave up.
const TASK_DEADLINE_MS = 10_000;

const FACE_WORKER = new URL('face-worker.js', import.meta.url);

/** A fixed number of workers before a bounded queue. A worker that dies or does not come to an end is replaced. */
export class WorkerPool {
  readonly #entry: URL;
  readonly #setup: WorkerSetup;
  readonly #maxQueue: number;
  readonly #taskDeadlineMs: number;
  readonly #threads = new Set<FaceWorkerThread>();
  readonly #idle: FaceWorkerThread[] = [];
  readonly #queue: Waiting[] = [];
  #closed = false;

  private constructor(entry: URL, setup: WorkerSetup, size: PoolSize) {
    this.#entry = entry;
    this.#setup = setup;
    this.#maxQueue = size.maxQueue;
    this.#taskDeadlineMs = size.taskDeadlineMs ?? TASK_DEADLINE_MS;
  }

  static async start(setup: WorkerSetup, size: PoolSize, entry: URL = FACE_WORKER): Promise<WorkerPool> {
    const pool = new WorkerPool(entry, setup, size);
    try {
      await Promise.all(Array.from({ length: size.workers }, () => pool.#addThread()));
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  run<Kind extends TaskKind>(task: Task<Kind>): Promise<TaskResults[Kind]> {
    if (this.#closed) return Promise.reject(new EngineClosedError());
    if (this.#idle.length === 0 && this.#queue.length >= this.#maxQueue) {
      return Promise.reject(new BusyError());
    }
    const settle = Promise.withResolvers<TaskResult>();
    this.#queue.push({ task, settle });
    this.#assign();
    return settle.promise as Promise<TaskResults[Kind]>;
  }

  /** Rejects what waits and what runs: whoever closes an engine has stopped asking it. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { settle } of this.#queue.splice(0)) settle.reject(new EngineClosedError());
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  async #addThread(): Promise<void> {
    const thread = await FaceWorkerThread.start(this.#entry, this.#setup, () => this.#replace(thread));
    this.#threads.add(thread);
    if (this.#closed) return thread.end();
    this.#idle.push(thread);
    this.#assign();
  }

  #replace(thread: FaceWorkerThread): void {
    if (!this.#threads.delete(thread)) return;
    const position = this.#idle.indexOf(thread);
    if (position >= 0) this.#idle.splice(position, 1);
    if (!this.#closed) this.#addThread().catch((error: unknown) => this.#giveUp(error));
  }

  /** Native code cannot be interrupted, so nobody waits for the thread: another takes its place at once. */
  #abandon(thread: FaceWorkerThread): void {
    this.#replace(thread);
    thread.abandon(new EngineDeadlineError(this.#taskDeadlineMs));
  }

  /** The files were good when the engine started. If they no longer are and no worker is left, waiting
   *  tasks hear of it instead of waiting for ever. */
  #giveUp(error: unknown): void {
    if (this.#threads.size > 0) return;
    this.#closed = true;
    for (const { settle } of this.#queue.splice(0)) settle.reject(error);
  }

  #assign(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const [thread, next] = [this.#idle.pop(), this.#queue.shift()];
      if (thread && next) void this.#perform(thread, next);
    }
  }

  async #perform(thread: FaceWorkerThread, { task, settle }: Waiting): Promise<void> {
    const deadline = setTimeout(() => this.#abandon(thread), this.#taskDeadlineMs);
    try {
      settle.resolve(await thread.run(task));
    } catch (error) {
      settle.reject(error);
    }
    clearTimeout(deadline);
    if (!this.#threads.has(thread)) return;
    this.#idle.push(thread);
    this.#assign();
  }
}
