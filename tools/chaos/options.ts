import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Control } from './report/shortcomings.js';

export const USAGE = `npm run chaos -- [--rounds=N] [--seed=N] [--rate=N] [--replay=FILE] [--json]
                 [--reconciler=off] [--control[=loss|cap]]

  Starts the platform, one process per service, on a real PostgreSQL and NATS; lets people come at a steady
  rate, whatever happens; and kills -9 each service, the broker and the database server in turn, deletes the
  broker's store, pauses processes and cuts the registry off. Then waits for quiet and compares sets of ids
  between what clients were told and what every store holds. Fails when anything is lost or double, a cap is
  passed, somebody is approved without a match, refused wrongly or not served at all, an image is left, or a
  file holds personal data in the clear.

  --rounds=N         how often everything is killed (2; a control 1)
  --seed=N           repeats the plan of an earlier run with the same options (chance by default)
  --rate=N           visits per second (3)
  --replay=FILE      the plan.json of an earlier run
  --json             the result as JSON on standard output; progress goes to standard error
  --reconciler=off   nobody publishes again what the broker lost
  --control          a run that must find loss, with the reconciler off; succeeds only when it does
  --control=cap      a run with a ledger that lets everybody have five; must find caps passed`;

const ROUNDS = 2;
/** What does not heal is seen after one. */
const CONTROL_ROUNDS = 1;

const numbers = z.object({
  rounds: z.coerce.number().int().min(0).max(1000).optional(),
  seed: z.coerce.number().int().min(0).max(0xffff_ffff).optional(),
  rate: z.coerce.number().min(0.1).max(100).default(3),
});

export interface ChaosOptions {
  readonly rounds: number;
  readonly seed: number | undefined;
  readonly rate: number;
  readonly replay: string | undefined;
  readonly json: boolean;
  readonly reconciler: boolean;
  readonly control: Control | undefined;
}

/** Throws with a sentence for the person who typed it. */
export function readOptions(args: readonly string[]): ChaosOptions | 'help' {
  const { values } = parseArgs({
    // `--control` alone means the usual one.
    args: args.map((arg) => (arg === '--control' ? '--control=loss' : arg)),
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string' },
      rate: { type: 'string' },
      replay: { type: 'string' },
      json: { type: 'boolean', default: false },
      reconciler: { type: 'string', default: 'on' },
      control: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const read = numbers.safeParse(values);
  if (!read.success) throw new Error(`--${read.error.issues[0]?.path.join('.')} is not such a number`);
  const { control, reconciler } = values;
  if (control !== undefined && control !== 'loss' && control !== 'cap')
    throw new Error('--control is loss or cap');
  if (reconciler !== 'on' && reconciler !== 'off') throw new Error('--reconciler is on or off');
  const { rounds = control ? CONTROL_ROUNDS : ROUNDS, seed, rate } = read.data;
  return {
    rounds,
    seed,
    rate,
    replay: values.replay,
    json: values.json,
    reconciler: reconciler === 'on' && control !== 'loss',
    control,
  };
}
