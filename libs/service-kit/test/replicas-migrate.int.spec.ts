import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, startService } from '@absah/service-kit';
import { createTestDatabase, startTestNats, type TestDatabase } from '@absah/testing';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { tinyEnvironment } from './tiny-environment.js';
import { tinyService } from './tiny.service.js';

class Broken1782864000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half_done (id int)');
    await runner.query('no sql');
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
});

afterEach(async () => {
  await nats.stop();
  await database.drop();
});

async function tables(): Promise<string[]> {
  const dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  const rows = await dataSource.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  await dataSource.destroy();
  return rows.map((row) => row.name);
}

describe('replicas that start together on an empty database', () => {
  it('migrate it once', async () => {
    const env = { ...tinyEnvironment(database.url, nats.url), DATABASE_POOL: '2' };
    const replicas = await Promise.all([1, 2, 3].map(() => startService(tinyService, env)));

    const dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    const applied = await dataSource.query('SELECT name FROM migrations ORDER BY name');
    await dataSource.destroy();
    await Promise.all(replicas.map((replica) => replica.close()));

    expect(applied).toEqual([
      { name: 'CreateMessaging1782864000000' },
      { name: 'CreateThings1782864000001' },
      { name: 'SettleOutbox1795403000000' },
    ]);
    expect(await tables()).toEqual([
      'dead_letters',
      'inbox',
      'inbox_horizon',
      'migrations',
      'outbox',
      'things',
    ]);
  });
});

describe('a migration that fails', () => {
  it('leaves nothing of itself and no lock behind', async () => {
    const settings = { name: 'tiny', url: database.url, poolSize: 2 };
    await expect(openDatabase({ ...settings, migrations: [Broken1782864000002] })).rejects.toThrow(
      'syntax error',
    );
    expect(await tables()).not.toContain('half_done');

    const repaired = await openDatabase({ ...settings, migrations: [] });
    await repaired.destroy();
  });
});
