import { BusyError, EngineClosedError } from './engine-errors.js';
import { FaceWorkerThread } from './face-worker-thread.js';
import type { Task, TaskKind, TaskResult, TaskResults, WorkerSetup } from './worker-messages.js';

interface Waiting {
  readonly task: Task;
  readonly settle: PromiseWithResolvers<TaskResult>;
}

export interface PoolSize {
  readonly workers: number;
  readonly maxQueue: number;
}

const FACE_WORKER = new URL('face-worker.js', import.meta.url);

/** A fixed number of workers before a bounded queue. A worker that dies is replaced. */
export class WorkerPool {
  readonly #entry: URL;
  readonly #setup: WorkerSetup;
  readonly #maxQueue: number;
  readonly #threads = new Set<FaceWorkerThread>();
  readonly #idle: FaceWorkerThread[] = [];
  readonly #queue: Waiting[] = [];
  #closed = false;

  private constructor(entry: URL, setup: WorkerSetup, maxQueue: number) {
    this.#entry = entry;
    this.#setup = setup;
    this.#maxQueue = maxQueue;
  }

  static async start(
    setup: WorkerSetup,
    { workers, maxQueue }: PoolSize,
    entry: URL = FACE_WORKER,
  ): Promise<WorkerPool> {
    const pool = new WorkerPool(entry, setup, maxQueue);
    try {
      await Promise.all(Array.from({ length: workers }, () => pool.#addThread()));
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
    this.#threads.delete(thread);
    const position = this.#idle.indexOf(thread);
    if (position >= 0) this.#idle.splice(position, 1);
    if (!this.#closed) this.#addThread().catch((error: unknown) => this.#giveUp(error));
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
    try {
      settle.resolve(await thread.run(task));
    } catch (error) {
      settle.reject(error);
    }
    if (!this.#threads.has(thread)) return;
    this.#idle.push(thread);
    this.#assign();
  }
}
