import { parseArgs } from 'node:util';
import { benchPipeline } from './pipeline/bench-pipeline.js';
import { pipelineReport } from './pipeline/report.js';

const USAGE = `npm run bench -- pipeline [--json] [--rounds=N] [--verifications=N] [--concurrency=N]

  Interleaves rounds of real verifications with rounds of bare JPEG decoding and bare models on the
  same images, and compares their CPU. Fails when any verification is not approved.`;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      verifications: { type: 'string', default: '60' },
      concurrency: { type: 'string', default: '8' },
    },
  });
  if (positionals[0] !== 'pipeline') {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const result = await benchPipeline(
    {
      rounds: Number(values.rounds),
      verifications: Number(values.verifications),
      concurrency: Number(values.concurrency),
    },
    tell,
  );
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${pipelineReport(result)}\n`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`bench failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
