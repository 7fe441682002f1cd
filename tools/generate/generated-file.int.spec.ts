import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDrift, jsonFile, writeFiles } from './generated-file.js';

describe('findDrift', () => {
  const files = [jsonFile('docs/one.json', { version: 1 }), jsonFile('docs/two.json', { version: 2 })];
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'absah-generate-'));
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  it('lists a file that is missing', async () => {
    await writeFiles(root, files.slice(0, 1));
    expect(await findDrift(root, files)).toEqual(files.slice(1));
  });

  it('lists a file that was edited by hand', async () => {
    await writeFiles(root, files);
    await appendFile(join(root, 'docs/two.json'), '\n');
    expect(await findDrift(root, files)).toEqual(files.slice(1));
  });

  it('lists nothing after writing', async () => {
    await writeFiles(root, files);
    expect(await findDrift(root, files)).toEqual([]);
  });
});
