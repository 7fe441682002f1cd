import { parseArgs } from 'node:util';
import { z } from 'zod';
import { benchPipeline } from './pipeline/bench-pipeline.js';
import { pipelineReport } from './pipeline/report.js';

const USAGE = `npm run bench -- pipeline [--json] [--rounds=N] [--verifications=N] [--concurrency=N]

  Interleaves rounds of real verifications with rounds of bare JPEG decoding and bare models on the
  same images, and compares their CPU. Fails when any verification is not approved.`;

const pipelineSettings = z.object({
  rounds: z.coerce.number().int().min(1).max(1_000).default(5),
  verifications: z.coerce.number().int().min(1).max(10_000).default(60),
  concurrency: z.coerce.number().int().min(1).max(256).default(8),
});

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      verifications: { type: 'string' },
      concurrency: { type: 'string' },
    },
  });
  if (positionals[0] !== 'pipeline') {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const settings = pipelineSettings.safeParse(values);
  if (!settings.success) {
    const wrong = settings.error.issues.map((issue) => `--${issue.path.join('.')}`).join(', ');
    process.stderr.write(`${wrong}: expected a whole number in range\n\n${USAGE}\n`);
    return 2;
  }
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const result = await benchPipeline(settings.data, tell);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${pipelineReport(result)}\n`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`bench failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
