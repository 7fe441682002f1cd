import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type RunningPostgres } from './postgres-server.js';

let folder: string;
let running: RunningPostgres | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-postgres-spec-'));
  await chmod(folder, 0o755);
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** With the settings of a laptop: a commit that survives a kill is one of the promises. */
async function start(): Promise<RunningPostgres> {
  running = await startPostgres({ dataDir: join(folder, 'postgres') });
  return running;
}

/** Returns the values of the last statement. */
async function query(url: string, ...statements: readonly string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let values: unknown[] = [];
    for (const text of statements) values = (await client.query({ text, rowMode: 'array' })).rows.flat();
    return values;
  } finally {
    await client.end();
  }
}

async function startWithOneRow(): Promise<RunningPostgres> {
  const postgres = await start();
  const url = await postgres.createDatabase('quota', 'quota_ledger', 'first-password');
  await query(url, 'CREATE TABLE slots (number int)', 'INSERT INTO slots VALUES (3)');
  return postgres;
}

describe('startPostgres', () => {
  it('finds its data again after a stop, and the password given last opens them', async () => {
    const first = await startWithOneRow();
    await first.stop();
    const second = await start();
    const url = await second.createDatabase('quota', 'quota_ledger', 'second-password');
    expect(await query(url, 'SELECT number FROM slots')).toEqual([3]);
    const old = url.replace('second-password', 'first-password');
    await expect(query(old, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('recovers at the next start after the server was killed', async () => {
    const first = await startWithOneRow();
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start();
    const url = await second.createDatabase('quota', 'quota_ledger', 'first-password');
    expect(await query(url, 'SELECT number FROM slots')).toEqual([3]);
  });

  it('refuses a data folder that a living process already serves', async () => {
    await start();
    const again = startPostgres({ dataDir: join(folder, 'postgres') });
    await expect(again).rejects.toThrow(`in use by process ${process.pid}`);
  });

  it('keeps the database of one role closed to every other', async () => {
    const postgres = await startWithOneRow();
    const other = await postgres.createDatabase('audit', 'audit', 'other-password');
    const foreign = other.replace(/\/audit$/, '/quota');
    await expect(query(foreign, 'SELECT 1')).rejects.toThrow('permission denied for database');
  });

  it('writes neither statements nor values of failed statements to its log', async () => {
    const postgres = await startWithOneRow();
    const url = await postgres.createDatabase('quota', 'quota_ledger', 'first-password');
    const insert = "INSERT INTO people VALUES ('9999014101900001')";
    await query(url, 'CREATE TABLE people (nik text UNIQUE)', insert);
    await expect(query(url, insert)).rejects.toThrow('duplicate key');
    const log = await readFile(join(folder, 'logs', 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('9999014101900001');
  });

  it('keeps the superuser password in a file that only its owner may read', async () => {
    const postgres = await start();
    const file = join(folder, 'postgres', 'secrets', 'superuser');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(postgres.superuserUrl).toContain(await readFile(file, 'utf8'));
  });

  it('leaves no process and no claim behind when stopped', async () => {
    const postgres = await start();
    await postgres.stop();
    expect(() => process.kill(postgres.pid, 0)).toThrow('ESRCH');
    await expect(stat(join(folder, 'postgres', 'server.json'))).rejects.toThrow('ENOENT');
  });
});
