import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNpm } from './npm.js';
import { installPinnedPackages } from './pinned-packages.js';

let folder: string;
let steps: string[];
const inside = (...parts: string[]) => join(folder, ...parts);
const install = () => installPinnedPackages(inside('pins'), inside('here'), (step) => void steps.push(step));

/** A tarball on disk in place of a registry. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-pins-spec-'));
  steps = [];
  for (const name of ['source', 'pins']) await mkdir(inside(name));
  await writeJson('source/package.json', { name: 'small', version: '1.0.0', main: 'small.cjs' });
  await writeFile(inside('source', 'small.cjs'), 'module.exports = 1;');
  await runNpm(['pack', inside('source'), '--pack-destination', folder], folder);
  await pin({ small: `file:${inside('small-1.0.0.tgz')}` });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function writeJson(path: string, content: object): Promise<void> {
  return writeFile(inside(path), JSON.stringify(content));
}

async function pin(dependencies: Readonly<Record<string, string>>): Promise<void> {
  await writeJson('pins/package.json', { name: 'pins', version: '0.0.0', dependencies });
  await runNpm(['install', '--package-lock-only', '--ignore-scripts'], inside('pins'));
}

const small = () => readFile(inside('here', 'node_modules', 'small', 'small.cjs'), 'utf8');

describe('installPinnedPackages', () => {
  it('installs what the lock pins', async () => {
    await install();
    expect(await small()).toBe('module.exports = 1;');
  });

  it('does nothing when the same lock was installed before', async () => {
    await install();
    await rm(inside('small-1.0.0.tgz'));
    await install();
    expect(steps).toHaveLength(1);
  });

  it('installs again when the lock changed', async () => {
    await install();
    await pin({});
    await install();
    await expect(small()).rejects.toThrow('ENOENT');
  });

  it('refuses a package that is not the pinned one, and tries again next time', async () => {
    const lock = await readFile(inside('pins', 'package-lock.json'), 'utf8');
    const other = createHash('sha512').update('another tarball').digest('base64');
    await writeFile(inside('pins', 'package-lock.json'), lock.replace(/sha512-[^"]+/, `sha512-${other}`));
    await expect(install()).rejects.toThrow('EINTEGRITY');
    await expect(install()).rejects.toThrow('EINTEGRITY');
  });
});
