import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@absah/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PlatformPart, type RunningPart } from '../../laptop/platform-part.js';
import { Keeper } from './keeper.js';

let part: PlatformPart;
let keeper: Keeper;
let startsToFail: number;

/** A process that does nothing, and may refuse to start. */
async function launch(): Promise<RunningPart> {
  if (startsToFail > 0) {
    startsToFail -= 1;
    throw new Error('not yet');
  }
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const exited = once(child, 'exit').then(() => undefined);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  return { pid: child.pid!, exited, stop };
}

beforeEach(async () => {
  startsToFail = 0;
  part = new PlatformPart('audit', launch, await launch());
  keeper = new Keeper(new Map([['audit', part]]), () => 1_000);
});

afterEach(async () => {
  await keeper.close();
  await part.stop();
});

describe('Keeper', () => {
  it('kills, and starts again once what had to happen has happened', async () => {
    const { pid } = part;
    const runningMeanwhile: boolean[] = [];
    await keeper.whileDown('audit', async () => void runningMeanwhile.push(part.isRunning));
    expect(runningMeanwhile).toEqual([false]);
    expect(part.isRunning).toBe(true);
    expect(part.pid).not.toBe(pid);
    expect(keeper.mishaps).toEqual([]);
  });

  it('tries again until it starts', async () => {
    startsToFail = 2;
    await keeper.whileDown('audit', async () => undefined);
    expect(part.isRunning).toBe(true);
    const failed = { part: 'audit', atMs: 1_000, what: 'did not start' };
    expect(keeper.mishaps).toEqual([failed, failed]);
  });

  it('starts again what ended by itself, and says so', async () => {
    const { pid } = part;
    process.kill(pid, 'SIGKILL');
    await waitFor(() => part.isRunning && part.pid !== pid, { description: 'the part to run again' });
    expect(keeper.mishaps).toEqual([{ part: 'audit', atMs: 1_000, what: 'ended by itself' }]);
  });

  it('leaves down what ends after it was closed', async () => {
    await keeper.close();
    await part.kill();
    expect(part.isRunning).toBe(false);
    expect(keeper.mishaps).toEqual([]);
  });
});
