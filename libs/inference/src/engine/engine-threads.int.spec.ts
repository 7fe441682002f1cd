import { describe, expect, it } from '@jest/globals';
import { modelsDir } from '@absah/testing';
import { readdirSync } from 'node:fs';
import { createFaceEngine } from './face-engine.js';

const onLinux = process.platform === 'linux' ? it : it.skip;

/** Threads of this process while an engine with so many workers is open. */
async function threadsWith(workers: number): Promise<number> {
  const engine = await createFaceEngine({ modelsDir: modelsDir(), role: 'full', workers, maxQueue: 1 });
  const threads = readdirSync('/proc/self/task').length;
  await engine.close();
  return threads;
}

describe('the threads of a face engine (V2)', () => {
  onLinux('are its workers: their sessions compute on them and start none of their own', async () => {
    await threadsWith(1);
    expect((await threadsWith(3)) - (await threadsWith(1))).toBe(2);
  });
});
