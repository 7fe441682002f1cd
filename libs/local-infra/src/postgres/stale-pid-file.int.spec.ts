import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeStalePidFile } from './stale-pid-file.js';

let cluster: string;

beforeEach(async () => {
  cluster = await realpath(await mkdtemp(join(tmpdir(), 'absah-pid-spec-')));
});

afterEach(() => rm(cluster, { recursive: true, force: true }));

const nameInPidFile = (pid: number) => writeFile(join(cluster, 'postmaster.pid'), `${pid}\n${cluster}\n`);

describe('removeStalePidFile', () => {
  it('removes a file whose process id now belongs to an unrelated process', async () => {
    await nameInPidFile(process.pid);
    await removeStalePidFile(cluster);
    expect(await readdir(cluster)).toEqual([]);
  });

  it('leaves the file of a process that works in the cluster', async () => {
    const worker = spawn('/bin/sh', ['-c', 'exec sleep 60'], { cwd: cluster, stdio: 'ignore' });
    await once(worker, 'spawn');
    await nameInPidFile(worker.pid ?? 0);
    await removeStalePidFile(cluster);
    worker.kill('SIGKILL');
    expect(await readdir(cluster)).toEqual(['postmaster.pid']);
  });
});
