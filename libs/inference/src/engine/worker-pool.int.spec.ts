import { describe, expect, it } from '@jest/globals';
import { EngineDeadlineError, EngineStartError, EngineTaskError } from './engine-errors.js';
import { modelManifest } from '../models/manifest.js';
import { WorkerPool } from './worker-pool.js';

// A worker in place of the real one, so that it can be told to die.
const mortalWorker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    let done = 0;
    parentPort.on('message', ({ bytes }) => {
      if (bytes[0] === 0) process.exit(1);
      if (bytes[0] === 1) throw new Error('crash');
      if (bytes[0] === 2) for (;;);
      const answer = () => parentPort.postMessage({ kind: 'done', result: { served: ++done } });
      setTimeout(answer, bytes[0] === 3 ? 400 : 0);
    });
    parentPort.postMessage({ kind: 'ready' });
  `)}`,
);

const task = (value: number) => ({ kind: 'analyse', bytes: Uint8Array.of(value) }) as const;

const stillborn = (script: string) => new URL(`data:text/javascript,${encodeURIComponent(script)}`);

describe('WorkerPool', () => {
  it('does not wait for a worker that ends before it is ready', async () => {
    const setup = { modelsDir: '', manifest: modelManifest, role: 'full' } as const;
    const starting = WorkerPool.start(setup, { workers: 1, maxQueue: 1 }, stillborn('process.exit(0)'));
    await expect(starting).rejects.toBeInstanceOf(EngineStartError);
  });

  it('says why a worker could not start', async () => {
    const setup = { modelsDir: '', manifest: modelManifest, role: 'full' } as const;
    const broken = stillborn("throw new Error('no such model')");
    await expect(WorkerPool.start(setup, { workers: 1, maxQueue: 1 }, broken)).rejects.toThrow(
      'no such model',
    );
  });

  it('gives up a worker that does not come to an end, and serves what waits with another', async () => {
    const setup = { modelsDir: '', manifest: modelManifest, role: 'full' } as const;
    const size = { workers: 1, maxQueue: 5, taskDeadlineMs: 1000 };
    const pool = await WorkerPool.start(setup, size, mortalWorker);
    const outcomes = await Promise.allSettled([pool.run(task(9)), pool.run(task(2)), pool.run(task(9))]);
    await pool.close();
    expect(outcomes).toEqual([
      { status: 'fulfilled', value: { served: 1 } },
      { status: 'rejected', reason: expect.any(EngineDeadlineError) },
      { status: 'fulfilled', value: { served: 1 } },
    ]);
  });

  it('does not hold the time that a task waited against its worker', async () => {
    const setup = { modelsDir: '', manifest: modelManifest, role: 'full' } as const;
    const size = { workers: 1, maxQueue: 5, taskDeadlineMs: 1000 };
    const pool = await WorkerPool.start(setup, size, mortalWorker);
    const outcomes = await Promise.all([3, 3, 3].map((value) => pool.run(task(value))));
    await pool.close();
    expect(outcomes).toEqual([{ served: 1 }, { served: 2 }, { served: 3 }]);
  });

  it.each([
    ['exits', 0],
    ['throws', 1],
  ])(
    'rejects the task during which a worker %s, replaces the worker and serves what waits',
    async (_, deadly) => {
      const setup = { modelsDir: '', manifest: modelManifest, role: 'full' } as const;
      const pool = await WorkerPool.start(setup, { workers: 1, maxQueue: 5 }, mortalWorker);
      const outcomes = await Promise.allSettled([
        pool.run(task(9)),
        pool.run(task(deadly)),
        pool.run(task(9)),
      ]);
      await pool.close();
      expect(outcomes).toEqual([
        { status: 'fulfilled', value: { served: 1 } },
        { status: 'rejected', reason: expect.any(EngineTaskError) },
        // The count began anew: another worker answered.
        { status: 'fulfilled', value: { served: 1 } },
      ]);
    },
  );
});
