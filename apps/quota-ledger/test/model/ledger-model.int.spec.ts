import { createTestDatabase, type TestDatabase } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { PostgresBookReader } from '../../src/persistence/postgres-book-reader.js';
import { openLedgerDatabase } from './ledger-database.js';
import { play } from './play.js';
import { paperRule, RULES } from './sequence.js';

/** `npm run model -- ledger` plays 100,000. */
const SEQUENCES = 2000;

describe('the ledger beside a ledger on paper', () => {
  let server: TestDatabase;
  let database: DataSource;

  beforeAll(async () => {
    server = await createTestDatabase();
    database = await openLedgerDatabase(server.url, RULES);
  });
  afterAll(async () => {
    await database?.destroy();
    await server?.drop();
  });

  it(`Q1 Q2 answers ${SEQUENCES} random lives as the paper does`, async () => {
    const { sequences, divergences } = await play(server.url, {
      seed: 20_260_701,
      first: 0,
      count: SEQUENCES,
    });
    expect(sequences).toBe(SEQUENCES);
    expect(divergences).toEqual([]);
    const { people, discrepancies } = await new PostgresBookReader(database).check(null);
    expect(people).toBe(1000);
    expect(discrepancies).toEqual([]);
  });

  it.each([
    ['one slot more', 7, (rule: ReturnType<typeof paperRule>) => ({ ...rule, cap: rule.cap + 1 })],
    ['another scope', 8, (rule: ReturnType<typeof paperRule>) => ({ ...rule, countsAll: !rule.countsAll })],
  ])('control: a paper with %s is noticed to differ', async (_difference, seed, change) => {
    const plan = { seed, first: 0, count: 200 };
    const { divergences } = await play(server.url, {
      ...plan,
      ruleOf: (document, operatorId) => change(paperRule(document, operatorId)),
    });
    expect(divergences.length).toBeGreaterThan(10);
  });
});
