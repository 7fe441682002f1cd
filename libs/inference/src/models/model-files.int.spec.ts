import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { modelsDir } from '@absah/testing';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelManifest } from './manifest.js';
import { ModelFileError, readModel } from './model-files.js';

const { file, sha256 } = modelManifest.models.eye;

describe('readModel (U6)', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'absah-models-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('returns the bytes that the manifest was measured with', async () => {
    const bytes = await readModel(modelsDir(), modelManifest.models.eye);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it('refuses a file that was cut, and names it and the digest that it should have', async () => {
    await cp(join(modelsDir(), file), join(folder, file));
    await truncate(join(folder, file), 1000);
    const refused = readModel(folder, modelManifest.models.eye);
    await expect(refused).rejects.toThrow(ModelFileError);
    await expect(refused).rejects.toThrow(new RegExp(`${file} has sha256 .*; expected ${sha256}`));
  });

  it('refuses a file that is not there in the same words', async () => {
    await expect(readModel(folder, modelManifest.models.eye)).rejects.toThrow(
      new RegExp(`${file} cannot be read; expected sha256 ${sha256}`),
    );
  });
});
