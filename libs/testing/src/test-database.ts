import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase } from '@absah/local-infra';
import { sharedInfrastructure } from './shared-infrastructure.js';

export interface TestDatabase {
  /** As the database's owner, who is no superuser. */
  readonly url: string;
  drop(): Promise<void>;
}

/** The cluster that all test files of this run share. */
export function sharedPostgres(): { readonly superuserUrl: string } {
  return { superuserUrl: sharedInfrastructure().superuserUrl };
}

/** An empty database with a role of its own; one per suite keeps suites independent. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { superuserUrl } = sharedPostgres();
  const name = `test_${randomBytes(8).toString('hex')}`;
  const url = await createDatabase(superuserUrl, name, name, randomBytes(16).toString('hex'));
  return { url, drop: () => dropDatabase(superuserUrl, name, name) };
}
