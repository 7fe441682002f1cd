import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { readSources } from '../source-file.js';
import { configSections } from './config-keys.js';
import { recognitionLimits } from './time-limits.js';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
/** The bus delivers again at the latest after this: its longest back-off, and its wait for a process that died. */
const REDELIVERY_MS = 30_000;

describe('the time limits that services start with', () => {
  it('let each stage answer, after a redelivery of each, before the intake gives a case up', async () => {
    const sections = configSections(await readSources(repository, ['apps/*/src/config.ts']));
    const { stagesMs, wholeMs } = recognitionLimits(sections);
    const longest = stagesMs.reduce((sum, limitMs) => sum + limitMs + REDELIVERY_MS, 0);
    expect(stagesMs.every((limitMs) => limitMs > 0)).toBe(true);
    expect(wholeMs).toBeGreaterThanOrEqual(longest);
  });
});
