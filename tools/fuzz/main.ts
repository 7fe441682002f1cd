import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { homeFolder, fetchModels, fetchSamplePhotos } from '@absah/local-infra';
import { z } from 'zod';
import { fuzzImages } from './images/fuzz-images.js';
import type { FuzzResult, FuzzedSet } from './images/fuzz-images.js';
import { fuzzReport } from './images/report.js';

const USAGE = `npm run fuzz -- images [--count=N] [--seed=N] [--json]

  Sends every crafted hostile picture, and N mutated ones (1,000 by default), through the face engine in a
  process of its own. Fails when one crashes it, makes it fail, or costs more than 100 ms of CPU or 100 MB beyond
  the largest honest picture. What failed is saved, and the same seed makes the same files.`;

const fuzzSettings = z.object({
  count: z.coerce.number().int().min(0).max(10_000_000).default(1000),
  seed: z.coerce.number().int().min(0).max(0xffff_ffff).default(1),
});

const TELL_EVERY = 1000;

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function save(result: FuzzResult): Promise<void> {
  const folder = join(homeFolder(), 'fuzz');
  const file = join(folder, 'images.json');
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  if (result.findings.length > 0) tell(`saved to ${file}`);
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      count: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const settings = fuzzSettings.safeParse(values);
  if (positionals[0] !== 'images' || !settings.success) {
    tell(USAGE);
    return 2;
  }
  const { count, seed } = settings.data;
  const modelsDir = await fetchModels(tell);
  const samplesDir = await fetchSamplePhotos(tell);
  const sets: FuzzedSet[] = [{ set: { kind: 'crafted' } }, { set: { kind: 'mutated', seed }, count }];
  const result = await fuzzImages({ modelsDir, samplesDir }, sets, {
    tell: (done, findings) => {
      if (done % TELL_EVERY === 0) tell(`${done} files, ${findings} findings`);
    },
  });
  await save(result);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${fuzzReport(result)}\n`);
  return result.findings.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  tell(`fuzz failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
