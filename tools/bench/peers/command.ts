import { z } from 'zod';
import { noLabels, readLabels } from '../../evaluate/faces/labels.js';
import type { Benchmark } from '../measure/benchmark.js';
import { UsageError, parseOptions } from '../measure/benchmark.js';
import { benchPeers } from './bench-peers.js';
import { peersReport } from './report.js';

const settings = z.object({
  json: z.boolean().default(false),
  labels: z.string().optional(),
  // About 1,600 photographs of Labeled Faces in the Wild, a quarter of an hour on two idle cores.
  identities: z.coerce.number().int().min(2).max(100_000).default(400),
});

export const peersBenchmark: Benchmark = {
  usage: `npm run bench -- peers DIR [--labels=FILE] [--identities=N] [--json]

  The same photographs (DIR holds a folder for each person) through Absah, @vladmandic/face-api and
  @vladmandic/human, in turn: time and errors side by side. The first run installs the peers, away from
  the product.`,

  async run(args, tell) {
    const { values, positionals } = parseOptions(
      args,
      { json: { type: 'boolean' }, labels: { type: 'string' }, identities: { type: 'string' } },
      settings,
    );
    const [folder, ...rest] = positionals;
    if (!folder || rest.length > 0) throw new UsageError('say which folder of photographs');
    const labels = values.labels === undefined ? noLabels : await readLabels(values.labels);
    const result = await benchPeers({ folder, labels, identities: values.identities }, tell);
    return values.json ? JSON.stringify(result) : peersReport(result);
  },
};
