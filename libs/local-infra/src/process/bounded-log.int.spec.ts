import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BoundedLog } from './bounded-log.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-log-spec-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('BoundedLog', () => {
  it('starts over at its limit, counting what earlier runs wrote, and keeps one predecessor', async () => {
    const file = join(folder, 'logs', 'server.log');
    const earlier = new BoundedLog(file, 10);
    earlier.write(Buffer.from('one....\n'));
    earlier.close();
    const log = new BoundedLog(file, 10);
    log.write(Buffer.from('two....\n'));
    log.write(Buffer.from('three..\n'));
    log.close();
    expect(await readFile(`${file}.1`, 'utf8')).toBe('two....\n');
    expect(await readFile(file, 'utf8')).toBe('three..\n');
  });
});
