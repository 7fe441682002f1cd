import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchPackageFiles, type PinnedPackage } from './package-files.js';

const CONTENT = 'weights of a small model';
const sha256 = createHash('sha256').update(CONTENT).digest('hex');

let folder: string;
let source: PinnedPackage;
let steps: string[];

/** `npm pack` accepts a folder where it accepts a name, so no registry is needed here. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-package-spec-'));
  const packageFolder = join(folder, 'source');
  await mkdir(join(packageFolder, 'model'), { recursive: true });
  await writeFile(join(packageFolder, 'package.json'), '{ "name": "small-model", "version": "1.0.0" }');
  await writeFile(join(packageFolder, 'model', 'small.onnx'), CONTENT);
  await writeFile(join(packageFolder, 'model', 'unwanted.onnx'), 'nobody asked for this');
  source = { spec: packageFolder, files: [{ path: 'model/small.onnx', sha256 }] };
  steps = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const fetch = (wanted: PinnedPackage) =>
  fetchPackageFiles(wanted, join(folder, 'cache'), (step) => void steps.push(step));

describe('fetchPackageFiles', () => {
  it('brings the pinned files and nothing else', async () => {
    await fetch(source);
    expect(await readdir(join(folder, 'cache'))).toEqual(['small.onnx']);
    expect(await readFile(join(folder, 'cache', 'small.onnx'), 'utf8')).toBe(CONTENT);
  });

  it('fetches nothing when the files are there and intact', async () => {
    await fetch(source);
    await fetch({ ...source, spec: join(folder, 'gone') });
    expect(steps).toHaveLength(1);
  });

  it('replaces a file that was tampered with', async () => {
    await fetch(source);
    await writeFile(join(folder, 'cache', 'small.onnx'), 'weights of an attacker..');
    await fetch(source);
    expect(await readFile(join(folder, 'cache', 'small.onnx'), 'utf8')).toBe(CONTENT);
  });

  it('refuses a package whose file differs from its pin, naming file and both digests', async () => {
    await writeFile(join(source.spec, 'model', 'small.onnx'), 'weights of an attacker..');
    const actual = createHash('sha256').update('weights of an attacker..').digest('hex');
    const refusal = `model/small.onnx has sha256 ${actual}, expected ${sha256}`;
    await expect(fetch(source)).rejects.toThrow(refusal);
    expect(await readdir(join(folder, 'cache'))).toEqual([]);
  });

  it('says what npm said when the package cannot be had', async () => {
    const missing = { ...source, spec: join(folder, 'gone') };
    await expect(fetch(missing)).rejects.toThrow(/ pack .+ failed: .*npm error/s);
  });
});
