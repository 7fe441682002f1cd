import pg from 'pg';
import { PREPARE, scriptOf, type Line, type RuleOf } from './script.js';
import { sequenceOf, type Sequence } from './sequence.js';

export interface Divergence {
  readonly sequence: number;
  readonly sql: string;
  readonly expected: string;
  readonly answered: string;
}

export interface Played {
  readonly sequences: number;
  readonly steps: number;
  readonly divergences: readonly Divergence[];
}

export interface Plan {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly ruleOf?: RuleOf;
  /** Called after each batch with how many sequences were played. */
  readonly tell?: (played: number) => void;
}

/** One message to the server and one transaction; two connections keep both sides busy. */
const BATCH = 40;
const CONNECTIONS = 2;

/** Plays the sequences on a ledger database, and reports what differs from the paper. */
export async function play(url: string, { seed, first, count, ruleOf, tell }: Plan): Promise<Played> {
  const divergences: Divergence[] = [];
  let next = first;
  let sequences = 0;
  let steps = 0;
  const worker = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(PREPARE);
      while (next < first + count) {
        const numbers = range(next, Math.min(BATCH, first + count - next));
        next += numbers.length;
        const batch = numbers.map((number) => sequenceOf(seed, number));
        divergences.push(...(await playBatch(client, batch, ruleOf)));
        sequences += batch.length;
        steps += batch.reduce((sum, sequence) => sum + sequence.steps.length, 0);
        tell?.(sequences);
      }
    } finally {
      await client.end();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return { sequences, steps, divergences };
}

async function playBatch(
  client: pg.Client,
  batch: readonly Sequence[],
  ruleOf: RuleOf | undefined,
): Promise<Divergence[]> {
  const lines = batch.flatMap((sequence) =>
    scriptOf(sequence, ruleOf).map((line) => ({ ...line, sequence: sequence.number })),
  );
  const text = ['BEGIN', ...lines.map(({ sql }) => sql), 'COMMIT'].join(';\n');
  // The driver's types know nothing of several statements in one text, for which it answers with a list.
  const results = (await client.query(text)) as unknown as readonly pg.QueryResult<Record<string, unknown>>[];
  return lines.flatMap((line, index) => differenceOf(line, results[index + 1]!.rows));
}

function differenceOf(
  { sequence, sql, expected, read }: Line & { readonly sequence: number },
  rows: readonly Record<string, unknown>[],
): Divergence[] {
  if (expected === undefined || !read) return [];
  const answered = read(rows);
  return answered === expected ? [] : [{ sequence, sql, expected, answered }];
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
