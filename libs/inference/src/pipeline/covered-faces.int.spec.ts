import { datasetsDir, modelsDir } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChainEngine } from '../engine/face-engine.js';
import { createFaceEngine } from '../engine/face-engine.js';

// Photographs of people may not be part of this repository, so this is tried only where somebody has some.
const root = datasetsDir() ?? '';
const needed = ['occluded', 'pad/nuaa/live', 'pad/live/clip-a'];
const available = datasetsDir() !== undefined && needed.every((folder) => existsSync(join(root, folder)));

const LEAST_MASKS_SEEN = 0.95;
const MOST_BARE_FACES_MISTAKEN = 0.05;

let engine: ChainEngine;

beforeAll(async () => {
  if (available) {
    engine = await createFaceEngine({ modelsDir: modelsDir(), role: 'analysis', workers: 1, maxQueue: 1024 });
  }
});
afterAll(() => engine?.close());

function everyNth(folder: string, step: number): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.jpe?g$/i.test(path))
    .sort()
    .filter((_, index) => index % step === 0)
    .map((path) => join(folder, path));
}

/** Of all pictures, also those in which no face was found. */
async function shareCovered(paths: readonly string[]): Promise<number> {
  const covered = await Promise.all(
    paths.map(async (path) => {
      const seen = await engine.observe(readFileSync(join(root, path)));
      return seen.kind === 'face' && seen.reasons.includes('covered');
    }),
  );
  return covered.filter(Boolean).length / paths.length;
}

(available ? describe : describe.skip)('masks on photographs (set ABSAH_DATASETS) (V7)', () => {
  it('asks people with a mask to take it off', async () => {
    const paths = everyNth('occluded', 1);
    expect(paths.length).toBeGreaterThan(20);
    expect(await shareCovered(paths)).toBeGreaterThanOrEqual(LEAST_MASKS_SEEN);
  }, 120_000);

  it.each([
    ['pad/nuaa/live', 10],
    ['pad/live/clip-a', 4],
  ])(
    'does not take bare faces for masked: %s, one of %i',
    async (folder, step) => {
      const paths = everyNth(folder, step);
      expect(paths.length).toBeGreaterThan(10);
      expect(await shareCovered(paths)).toBeLessThanOrEqual(MOST_BARE_FACES_MISTAKEN);
    },
    240_000,
  );
});
