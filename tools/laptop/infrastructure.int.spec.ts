import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { silent } from '@absah/local-infra';
import pg from 'pg';
import { loadLaptopSecrets, SERVICES } from './credentials.js';
import { startInfrastructure, type Infrastructure } from './infrastructure.js';
import { makeTemporaryData, removeTemporaryData } from './temporary-data.js';

const OTHERS = ['postgres', 'template1'];
const nameOf = (service: string) => service.replaceAll('-', '_');
const DATABASES = [...SERVICES.map(nameOf), ...OTHERS];

let dataDir: string;
let infrastructure: Infrastructure;

beforeAll(async () => {
  dataDir = await makeTemporaryData('infrastructure');
  const secrets = await loadLaptopSecrets(dataDir);
  infrastructure = await startInfrastructure(dataDir, secrets, { progress: silent, apiPort: 0 });
}, 60_000);

afterAll(async () => {
  await infrastructure.stop();
  await removeTemporaryData(dataDir);
});

async function ask(url: string, question: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: question, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** `yes`, or the words of the refusal. */
async function entry(url: string, database: string): Promise<string> {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return ask(address.href, 'SELECT 1').then(
    () => 'yes',
    (error: unknown) => (error as Error).message,
  );
}

describe.each(SERVICES)('A3 in PostgreSQL, the role of %s', (service) => {
  const url = () => infrastructure.addresses.databaseUrls[service];

  it('enters its own database and no other', async () => {
    const answers = await Promise.all(
      DATABASES.map(async (database) => [database, await entry(url(), database)] as const),
    );
    const refusal = (database: string) => `permission denied for database "${database}"`;
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(
        DATABASES.map((database) => [database, database === nameOf(service) ? 'yes' : refusal(database)]),
      ),
    );
  });

  it('has no power beyond its tables', async () => {
    const powers =
      'SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user';
    expect(await ask(url(), powers)).toEqual([false, false, false, false, false]);
    const memberships = 'SELECT count(*)::int FROM pg_auth_members WHERE member = current_user::regrole';
    expect(await ask(url(), memberships)).toEqual([0]);
    for (const overreach of [
      'CREATE DATABASE stolen',
      'CREATE ROLE accomplice',
      "SELECT pg_read_file('pg_hba.conf')",
      "COPY (SELECT 1) TO PROGRAM 'cat'",
      'SELECT passwd FROM pg_shadow',
    ]) {
      await expect(ask(url(), overreach)).rejects.toThrow(/permission denied/);
    }
  });

  it('does not become another role with its own password', async () => {
    for (const other of SERVICES.filter((name) => name !== service)) {
      const address = new URL(url());
      address.username = nameOf(other);
      await expect(ask(address.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    }
  });
});
