import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelManifestError, modelManifest, readModelManifest } from './manifest.js';

describe('readModelManifest (U6)', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'absah-manifest-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function reading(content: string): Promise<() => unknown> {
    const path = join(folder, 'manifest.json');
    await writeFile(path, content);
    return () => readModelManifest(path);
  }

  it('reads what it would write', async () => {
    expect((await reading(JSON.stringify(modelManifest)))()).toEqual(modelManifest);
  });

  it('says which file is not there, or is not JSON', async () => {
    expect(() => readModelManifest(join(folder, 'none.json'))).toThrow(/none\.json is not readable JSON/);
    expect(await reading('{')).toThrow(ModelManifestError);
  });

  it('names the place of each thing that is wrong', async () => {
    const { detect, ...others } = modelManifest.models;
    const wrong = {
      ...modelManifest,
      models: { ...others, detect: { ...detect, sha256: 'abc', licence: '' } },
      thresholds: { ...modelManifest.thresholds, liveness: 1.5 },
    };
    const read = await reading(JSON.stringify(wrong));
    for (const place of ['models.detect.sha256', 'models.detect.licence', 'thresholds.liveness']) {
      expect(read).toThrow(place);
    }
  });

  it('refuses colour models with fewer numbers than channels', async () => {
    const wrong = structuredClone(modelManifest);
    wrong.models.embed.preprocessing.pixels.mean = [127.5];
    expect(await reading(JSON.stringify(wrong))).toThrow('models.embed.preprocessing.pixels');
  });
});
