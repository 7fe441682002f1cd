import { z } from 'zod';
import type { Benchmark } from '../measure/benchmark.js';
import { parseOptions } from '../measure/benchmark.js';
import { benchEngine } from './bench-engine.js';
import { engineReport } from './report.js';

const QUICK_VERIFICATIONS = 400;
const SOAK_VERIFICATIONS = 10_000;

const settings = z.object({
  json: z.boolean().default(false),
  soak: z.boolean().default(false),
  rounds: z.coerce.number().int().min(1).max(10_000).default(15),
  verifications: z.coerce.number().int().min(20).max(10_000_000).optional(),
});

export const engineBenchmark: Benchmark = {
  usage: `npm run bench -- engine [--json] [--rounds=N] [--verifications=N] [--soak]

  Interleaves rounds of the face engine (JPEG to template, 1280 × 960) with rounds of bare JPEG decoding
  and bare models on the very same images and tensors, and compares their CPU. Then verifies under load
  (${QUICK_VERIFICATIONS} times, with --soak ${SOAK_VERIFICATIONS} times) and watches event loop and memory.`,

  async run(args, tell) {
    const { values } = parseOptions(
      args,
      {
        json: { type: 'boolean' },
        soak: { type: 'boolean' },
        rounds: { type: 'string' },
        verifications: { type: 'string' },
      },
      settings,
    );
    const { rounds, verifications = values.soak ? SOAK_VERIFICATIONS : QUICK_VERIFICATIONS } = values;
    const result = await benchEngine({ rounds, verifications }, tell);
    return values.json ? JSON.stringify(result) : engineReport(result);
  },
};
