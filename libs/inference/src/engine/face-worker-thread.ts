import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { EngineStartError, EngineTaskError } from './engine-errors.js';
import type { Task, TaskResult, WorkerMessage, WorkerSetup } from './worker-messages.js';

/** A thread that dies before it says anything would otherwise be waited for without end. */
async function firstMessage(worker: Worker): Promise<WorkerMessage> {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = once(worker, 'exit', { signal }).then((): never => {
    throw new EngineStartError('a face worker ended before it was ready');
  });
  try {
    // An error event rejects either wait.
    const [message] = (await Promise.race([once(worker, 'message', { signal }), ended])) as [WorkerMessage];
    return message;
  } finally {
    controller.abort();
    ended.catch(() => undefined);
  }
}

/** One worker thread and the one task it may have. */
export class FaceWorkerThread {
  readonly #worker: Worker;
  #settle: PromiseWithResolvers<TaskResult> | undefined;

  private constructor(worker: Worker, onExit: () => void) {
    this.#worker = worker;
    worker.on('message', (message: WorkerMessage) => this.#answer(message));
    let cause: unknown;
    // Without a listener an error in a worker would end the whole process. Its task is rejected only when the
    // thread is gone: until then the pool would take it for idle and give it the next task.
    worker.on('error', (error: unknown) => {
      cause = error;
    });
    worker.on('exit', () => {
      onExit();
      this.#fail(new EngineTaskError('a face worker ended', { cause }));
    });
  }

  /** @param onExit called when the thread ends for whatever reason, before its task is rejected */
  static async start(entry: URL, setup: WorkerSetup, onExit: () => void): Promise<FaceWorkerThread> {
    const worker = new Worker(entry, { workerData: setup });
    const message = await firstMessage(worker);
    if (message.kind === 'ready') return new FaceWorkerThread(worker, onExit);
    await worker.terminate();
    throw new EngineStartError(
      message.kind === 'start-failed' ? message.message : 'unexpected first message',
    );
  }

  run(task: Task): Promise<TaskResult> {
    this.#settle = Promise.withResolvers<TaskResult>();
    this.#worker.postMessage(task, [task.bytes.buffer as ArrayBuffer]);
    return this.#settle.promise;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Rejects its task now; the thread itself ends as soon as it can. */
  abandon(error: Error): void {
    this.#fail(error);
    void this.#worker.terminate();
  }

  #answer(message: WorkerMessage): void {
    if (message.kind === 'done') this.#settle?.resolve(message.result);
    if (message.kind === 'failed') this.#fail(new EngineTaskError(message.message));
  }

  #fail(error: Error): void {
    this.#settle?.reject(error);
  }
}
