import { describe, expect, it } from '@jest/globals';
import { modelsDir, samplesDir } from '@absah/testing';
import type { FuzzedSet } from './fuzz-images.js';
import { fuzzImages } from './fuzz-images.js';
import { regressions } from './regressions.js';

const folders = () => ({ modelsDir: modelsDir(), samplesDir: samplesDir() });

/** On top of what is always the same, some that no run had before would make a test that nobody can repeat. */
const MUTANTS = 3000;
const SECONDS = 1000;

describe('hostile pictures (V7)', () => {
  it(
    'neither crash nor hold up the engine, whether crafted, mutated or known from before',
    async () => {
      const sets: FuzzedSet[] = [
        { set: { kind: 'crafted' } },
        { set: { kind: 'mutated', seed: 1 }, count: MUTANTS },
        ...regressions.map(({ seed, index }): FuzzedSet => ({
          set: { kind: 'mutated', seed },
          from: index,
          count: 1,
        })),
      ];
      const { files, findings } = await fuzzImages(folders(), sets);
      expect(findings).toEqual([]);
      expect(files).toBeGreaterThanOrEqual(500 + MUTANTS + regressions.length);
    },
    600 * SECONDS,
  );

  it(
    'are noticed when one ends the process, and the next ones are still measured',
    async () => {
      const { files, answers, findings } = await fuzzImages(folders(), [{ set: { kind: 'control' } }]);
      expect(findings).toEqual([
        { set: { kind: 'control' }, index: 1, what: 'crashed', detail: 'the process ended with SIGKILL' },
      ]);
      expect(files).toBe(2);
      expect(Object.values(answers)).toEqual([2]);
    },
    200 * SECONDS,
  );

  it.each([
    ['slow', { cpuMs: -10_000, peakMb: 0 }],
    ['large', { cpuMs: 10_000, peakMb: -10_000 }],
  ])(
    'are found %s when even an honest picture is beyond the allowance',
    async (what, allowance) => {
      const sets: FuzzedSet[] = [{ set: { kind: 'mutated', seed: 1 }, count: 2 }];
      const { findings } = await fuzzImages(folders(), sets, { allowance });
      expect(findings).toMatchObject([
        { index: 0, what },
        { index: 1, what },
      ]);
    },
    200 * SECONDS,
  );
});
