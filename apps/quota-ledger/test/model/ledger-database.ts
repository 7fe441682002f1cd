import { openDatabase } from '@absah/service-kit';
import type { DataSource } from 'typeorm';
import type { CapPolicy } from '../../src/domain/cap-policy.js';
import { CreateLedger1795401000000 } from '../../src/persistence/migrations/1795401000000-create-ledger.js';
import { adoptPolicy } from '../../src/persistence/policy-revisions.js';

/** The ledger's tables in an empty database, under the given rules. */
export async function openLedgerDatabase(
  url: string,
  rules: CapPolicy['rules'],
  poolSize = 10,
): Promise<DataSource> {
  const migrations = [CreateLedger1795401000000];
  const database = await openDatabase({ name: 'ledger-model', url, poolSize, migrations });
  await database.transaction((manager) => adoptPolicy(manager, { revision: 1, author: 'test', rules }));
  return database;
}
