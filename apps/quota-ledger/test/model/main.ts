import { parseArgs } from 'node:util';
import { withThrowawayDatabase } from '@absah/testing';
import { z } from 'zod';
import { PostgresBookReader } from '../../src/persistence/postgres-book-reader.js';
import { openLedgerDatabase } from './ledger-database.js';
import { play, type Divergence } from './play.js';
import { RULES } from './sequence.js';

const USAGE = `npm run model -- ledger [--sequences=N] [--seed=N] [--from=N]

  Plays N random lives of people (100,000 by default) on the quota ledger's own statements and tables in a real
  PostgreSQL: reserve, post, void, expire, release, messages that come again, processes that die half way; under
  caps per person, per person and operator, and per passport. Each answer, the statement with its balances and the
  slots held are compared with a reference model. Fails at any divergence and names its sequence: the same seed with
  --from=THAT --sequences=1 plays it alone.`;

const count = z.coerce.number().int().min(1).max(10_000_000);
const settings = z.object({
  sequences: count.default(100_000),
  seed: z.coerce.number().int().min(0).max(0xffff_ffff).default(1),
  from: z.coerce.number().int().min(0).default(0),
});

const TELL_EVERY = 10_000;
const MOST_SHOWN = 10;

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { sequences: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' } },
  });
  const parsed = settings.safeParse(values);
  if (positionals[0] !== 'ledger' || !parsed.success) {
    tell(USAGE);
    return 2;
  }
  return withThrowawayDatabase((url) => playAll(url, parsed.data));
}

async function playAll(url: string, { sequences, seed, from }: z.infer<typeof settings>): Promise<number> {
  const database = await openLedgerDatabase(url, RULES);
  try {
    const began = performance.now();
    const progress = (played: number) => {
      if (played % TELL_EVERY === 0) tell(`${played} of ${sequences} sequences`);
    };
    const played = await play(url, { seed, first: from, count: sequences, tell: progress });
    const apart = await disagreements(new PostgresBookReader(database));
    const seconds = Math.round((performance.now() - began) / 1000);
    show(played.divergences);
    process.stdout.write(
      `${played.sequences} sequences, ${played.steps} steps, seed ${seed}: ${played.divergences.length} divergences; ` +
        `entries and slots of ${apart.people} people: ${apart.found} disagreements; ${seconds} s\n`,
    );
    return played.divergences.length + apart.found === 0 ? 0 : 1;
  } finally {
    await database.destroy();
  }
}

function show(divergences: readonly Divergence[]): void {
  for (const { sequence, sql, expected, answered } of divergences.slice(0, MOST_SHOWN)) {
    tell(`sequence ${sequence}: ${sql}\n  on paper:    ${expected}\n  by database: ${answered}`);
  }
}

async function disagreements(reader: PostgresBookReader): Promise<{ people: number; found: number }> {
  const total = { people: 0, found: 0 };
  for (let after: string | null = null; ;) {
    const { people, next, discrepancies } = await reader.check(after);
    total.people += people;
    total.found += discrepancies.length;
    if (next === null) return total;
    after = next;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  tell(`model failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
