import { z } from 'zod';
import { parseOptions, type Benchmark } from '../measure/benchmark.js';
import { benchOverload } from './bench-overload.js';
import { overloadReport } from './report.js';

const settings = z.object({
  json: z.boolean().default(false),
  seconds: z.coerce.number().int().min(5).max(600).default(15),
});

export const overloadBenchmark: Benchmark = {
  usage: `npm run bench -- overload [--json] [--seconds=N]

  Finds how many verifications per second are decided within three seconds when callers wait for each
  other, then sends requests at that rate and at twice that rate without waiting.`,

  async run(args, tell) {
    const { values } = parseOptions(
      args,
      { json: { type: 'boolean' }, seconds: { type: 'string' } },
      settings,
    );
    const { json, ...options } = values;
    const result = await benchOverload(options, tell);
    return json ? JSON.stringify(result) : overloadReport(result);
  },
};
