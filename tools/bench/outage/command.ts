import { z } from 'zod';
import type { Benchmark } from '../measure/benchmark.js';
import { parseOptions } from '../measure/benchmark.js';
import { benchOutage } from './bench-outage.js';
import { outageReport } from './report.js';
import { summarise } from './summary.js';

const settings = z.object({
  json: z.boolean().default(false),
  rounds: z.coerce.number().int().min(1).max(100).default(2),
  seconds: z.coerce.number().int().min(5).max(300).default(30),
});

export const outageBenchmark: Benchmark = {
  usage: `npm run bench -- outage [--json] [--rounds=N] [--seconds=N]

  The same mix of requests with a registry that answers and one that hangs, in turns: what others notice of
  it, and how soon new cases are told that they are parked. Fails when a case is decided while the registry hangs,
  or is not approved after it.`,

  async run(args, tell) {
    const { values } = parseOptions(
      args,
      { json: { type: 'boolean' }, rounds: { type: 'string' }, seconds: { type: 'string' } },
      settings,
    );
    const { json, ...options } = values;
    const result = summarise(await benchOutage(options, tell));
    return json ? JSON.stringify({ options, ...result }) : outageReport(options, result);
  },
};
