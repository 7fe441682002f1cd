import { openDatabase } from '@absah/service-kit';
import { createTestDatabase, type TestDatabase } from '@absah/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openLedgerDatabase } from './model/ledger-database.js';

const RULES = [{ document: 'nik', operatorId: '*', scope: 'person', cap: 3 }] as const;

/** As much of the tables of before the first release as the migration looks at. */
const PREDECESSOR = `
  CREATE TABLE slots (scope text, scope_key text, slot_number smallint);
  CREATE TABLE ledger_entries (id bigint, kind text);
  CREATE TABLE refusals (case_id uuid);
  CREATE TABLE cap_policies (scope text)`;

describe('Q1 a database of before the first release', () => {
  let server: TestDatabase;
  let old: DataSource;

  beforeEach(async () => {
    server = await createTestDatabase();
    old = await openDatabase({ name: 'old-ledger', url: server.url, poolSize: 2, migrations: [] });
    await old.query(PREDECESSOR);
  });
  afterEach(async () => {
    await old?.destroy();
    await server?.drop();
  });

  it.each([
    ['slots', `INSERT INTO slots VALUES ('nik', 'somebody', 1)`],
    ['ledger_entries', `INSERT INTO ledger_entries VALUES (1, 'pending')`],
  ])('is refused while its %s hold rows, and keeps them', async (table, insert) => {
    await old.query(insert);
    await expect(openLedgerDatabase(server.url, RULES, 2)).rejects.toThrow(`"${table}" of an unreleased`);
    expect(await old.query(`SELECT FROM ${table}`)).toHaveLength(1);
    expect(await old.query(`SELECT FROM pg_tables WHERE tablename = 'cap_policies'`)).toHaveLength(1);
  });

  it('gets the tables of today when it was never used', async () => {
    const ledger = await openLedgerDatabase(server.url, RULES, 2);
    await ledger.destroy();
    expect(await old.query('SELECT subject_ref, counted_within FROM slots')).toEqual([]);
    expect(await old.query(`SELECT FROM pg_tables WHERE tablename = 'cap_policies'`)).toEqual([]);
  });
});
