import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallAnswer } from '../domain/next-step.js';
import { deliverRows } from './deliver-rows.js';

type Row = 'new' | 'sent' | 'malformed' | 'unknown';

/** Refuses a call whole for its first bad row, like the registry. */
class AllOrNothingRegistry {
  readonly stored = new Set<number>();
  calls = 0;

  constructor(private readonly rows: readonly Row[]) {}

  async send(indexes: readonly number[]): Promise<CallAnswer> {
    this.calls += 1;
    const kinds = indexes.map((index) => this.rows[index]);
    if (kinds.includes('malformed')) return { kind: 'row-refused', cause: 'malformed' };
    if (kinds.includes('unknown')) return { kind: 'row-refused', cause: 'nik-unknown' };
    if (kinds.includes('sent')) return { kind: 'already-sent' };
    for (const index of indexes) this.stored.add(index);
    return { kind: 'stored' };
  }
}

const OUTCOME = {
  new: { kind: 'accepted', answer: 'stored' },
  sent: { kind: 'accepted', answer: 'already-sent' },
  malformed: { kind: 'rejected', cause: 'malformed' },
  unknown: { kind: 'rejected', cause: 'nik-unknown' },
} as const;

const always = () => true;
const indexes = (rows: readonly Row[]) => rows.map((_, index) => index);

describe('B2 deliverRows', () => {
  it('sends a good batch in one call', async () => {
    const registry = new AllOrNothingRegistry(['new', 'new', 'new']);
    const delivered = await deliverRows([0, 1, 2], (part) => registry.send(part), always);
    expect(delivered.settled.map(({ outcome }) => outcome)).toEqual([OUTCOME.new, OUTCOME.new, OUTCOME.new]);
    expect(registry.calls).toBe(1);
  });

  it('finds one bad row among 200 within 2 log2(n) + 1 calls', async () => {
    const rows = Array.from({ length: 200 }, (_, index): Row => (index === 137 ? 'malformed' : 'new'));
    const registry = new AllOrNothingRegistry(rows);
    const { settled } = await deliverRows(indexes(rows), (part) => registry.send(part), always);
    const rejected = settled.filter(({ outcome }) => outcome.kind === 'rejected').map(({ row }) => row);
    expect(rejected).toEqual([137]);
    expect(registry.stored.size).toBe(199);
    expect(registry.calls).toBeLessThanOrEqual(17);
  });

  it('gives every row of any mixture exactly its own answer', async () => {
    const kind = fc.constantFrom<Row>('new', 'sent', 'malformed', 'unknown');
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { maxLength: 40 }), async (rows) => {
        const registry = new AllOrNothingRegistry(rows);
        const { settled, left } = await deliverRows(indexes(rows), (part) => registry.send(part), always);
        const outcomes = settled.toSorted((a, b) => a.row - b.row).map(({ outcome }) => outcome);
        expect(outcomes).toEqual(rows.map((row) => OUTCOME[row]));
        expect(left).toEqual([]);
      }),
    );
  });

  it('loses and doubles no row when the registry goes away at any call', async () => {
    const kind = fc.constantFrom<Row>('new', 'sent', 'malformed');
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { maxLength: 30 }), fc.nat(40), async (rows, answered) => {
        const registry = new AllOrNothingRegistry(rows);
        const send = async (part: readonly number[]): Promise<CallAnswer> =>
          registry.calls < answered ? registry.send(part) : { kind: 'unavailable', needsEngineer: false };
        const { settled, left } = await deliverRows(indexes(rows), send, always);
        const seen = [...settled.map(({ row }) => row), ...left].sort((a, b) => a - b);
        expect(seen).toEqual(indexes(rows));
        expect(settled.map(({ row }) => row)).toEqual(expect.arrayContaining([...registry.stored]));
      }),
    );
  });

  it('leaves the rest due when its time is over', async () => {
    const rows: Row[] = ['malformed', 'new', 'new', 'new'];
    const registry = new AllOrNothingRegistry(rows);
    const delivered = await deliverRows(
      indexes(rows),
      (part) => registry.send(part),
      () => registry.calls < 3,
    );
    expect(delivered.settled).toEqual([{ row: 0, outcome: OUTCOME.malformed }]);
    expect(delivered.left).toEqual([1, 2, 3]);
  });
});
