import { z } from 'zod';
import type { Benchmark } from '../measure/benchmark.js';
import { parseOptions } from '../measure/benchmark.js';
import { benchPipeline } from './bench-pipeline.js';
import { pipelineReport } from './report.js';

const settings = z.object({
  json: z.boolean().default(false),
  rounds: z.coerce.number().int().min(1).max(1_000).default(5),
  verifications: z.coerce.number().int().min(1).max(10_000).default(60),
  concurrency: z.coerce.number().int().min(1).max(256).default(8),
});

export const pipelineBenchmark: Benchmark = {
  usage: `npm run bench -- pipeline [--json] [--rounds=N] [--verifications=N] [--concurrency=N]

  Interleaves rounds of real verifications with rounds of bare JPEG decoding and bare models on the
  same images, and compares their CPU. Fails when any verification is not approved.`,

  async run(args, tell) {
    const { values } = parseOptions(
      args,
      {
        json: { type: 'boolean' },
        rounds: { type: 'string' },
        verifications: { type: 'string' },
        concurrency: { type: 'string' },
      },
      settings,
    );
    const { json, ...options } = values;
    const result = await benchPipeline(options, tell);
    return json ? JSON.stringify(result) : pipelineReport(result);
  },
};
