import { join } from 'node:path';
import { startPostgres } from '@absah/local-infra';
import pg from 'pg';

export interface TableText {
  readonly table: string;
  readonly text: string;
}

/**
 * Every row of every table of a stopped platform, as text. In the files, PostgreSQL compresses long
 * values, which hides them from a search but not from whoever may query.
 */
export async function databaseText(dataDir: string): Promise<TableText[]> {
  const postgres = await startPostgres({
    dataDir: join(dataDir, 'postgres'),
    logFolder: join(dataDir, 'logs-of-search'),
  });
  try {
    const names = await rowsOf(
      postgres.superuserUrl,
      'SELECT datname FROM pg_database WHERE NOT datistemplate',
    );
    const texts = await Promise.all(names.map((name) => tablesOf(postgres.superuserUrl, name)));
    return texts.flat();
  } finally {
    await postgres.stop();
  }
}

const OWN_TABLES = `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
  WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;

async function tablesOf(superuserUrl: string, database: string): Promise<TableText[]> {
  const url = new URL(superuserUrl);
  url.pathname = `/${database}`;
  const texts: TableText[] = [];
  for (const table of await rowsOf(url.href, OWN_TABLES)) {
    const rows = await rowsOf(url.href, `SELECT t::text FROM ${table} t`);
    texts.push({ table: `${database}.${table}`, text: rows.join('\n') });
  }
  return texts;
}

async function rowsOf(url: string, query: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<[string]>({ text: query, rowMode: 'array' });
    return rows.map(([text]) => text);
  } finally {
    await client.end();
  }
}
