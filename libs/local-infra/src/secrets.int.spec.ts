import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadOrCreateSecrets } from './secrets.js';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'absah-secrets-spec-'));
  folder = join(parent, 'secrets');
});

afterEach(() => rm(parent, { recursive: true, force: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('loadOrCreateSecrets', () => {
  it('makes 32 random bytes per name, and the same ones come back later', async () => {
    const first = await loadOrCreateSecrets(folder, ['pepper', 'signing']);
    expect(Buffer.from(first.pepper, 'base64url')).toHaveLength(32);
    expect(first.pepper).not.toBe(first.signing);
    const later = await loadOrCreateSecrets(folder, ['signing', 'added']);
    expect(later.signing).toBe(first.signing);
    expect(await readdir(folder)).toEqual(['added', 'pepper', 'signing']);
  });

  it('lets only the owner read them, also when a copy arrived with wider modes', async () => {
    await loadOrCreateSecrets(folder, ['pepper']);
    await chmod(join(folder, 'pepper'), 0o644);
    await chmod(folder, 0o755);
    await loadOrCreateSecrets(folder, ['pepper']);
    expect([await modeOf(folder), await modeOf(join(folder, 'pepper'))]).toEqual([0o700, 0o600]);
  });

  it('gives processes that start together the same secrets', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `secret-${index}`);
    // Staggered: racers in lockstep would all write before any of them reads.
    const racing = Array.from({ length: 6 }, async (_, delayMs) => {
      await sleep(delayMs);
      return loadOrCreateSecrets(folder, names);
    });
    const [first, ...others] = await Promise.all(racing);
    for (const other of others) expect(other).toEqual(first);
  });

  it('refuses an empty file rather than replace a key that protects data', async () => {
    await loadOrCreateSecrets(folder, []);
    await writeFile(join(folder, 'pepper'), '');
    await expect(loadOrCreateSecrets(folder, ['pepper'])).rejects.toThrow('pepper is empty');
  });
});
