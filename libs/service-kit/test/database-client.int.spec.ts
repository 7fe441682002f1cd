import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '@absah/service-kit';
import { createTestDatabase, type TestDatabase } from '@absah/testing';
import type { DataSource, EntityManager } from 'typeorm';

let database: TestDatabase;
let dataSource: DataSource;

beforeEach(async () => {
  database = await createTestDatabase();
  dataSource = await openDatabase({ name: 'tiny', url: database.url, poolSize: 3, migrations: [] });
  await dataSource.query('CREATE TABLE things (id int PRIMARY KEY, name text NOT NULL)');
});

afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

async function insert(manager: EntityManager, id: number, name = 'x'): Promise<void> {
  await manager.query('INSERT INTO things (id, name) VALUES ($1, $2)', [id, name]);
}

async function ids(): Promise<number[]> {
  const rows = await dataSource.query<{ id: number }[]>('SELECT id FROM things ORDER BY id');
  return rows.map((row) => row.id);
}

/** Everything on one connection, whose session can be looked at. */
async function onOneConnection<T>(
  work: (query: (text: string, values?: unknown[]) => Promise<T>) => Promise<void>,
) {
  const runner = dataSource.createQueryRunner();
  try {
    await work((text, values) => runner.query(text, values) as Promise<T>);
  } finally {
    await runner.release();
  }
}

describe('a statement with parameters', () => {
  it('is prepared once per connection, one without is not', async () => {
    await onOneConnection<{ statement: string; uses: number }[]>(async (query) => {
      for (const value of [1, 2, 3]) await query('SELECT $1::int + 1 AS n', [value]);
      await query('SELECT 7');
      const prepared = await query(
        'SELECT statement, (generic_plans + custom_plans)::int AS uses FROM pg_prepared_statements' +
          " WHERE statement NOT LIKE '%advisory%'",
      );
      expect(prepared).toEqual([{ statement: 'SELECT $1::int + 1 AS n', uses: 3 }]);
    });
  });

  it('works again at the next try after the columns that it returns have changed', async () => {
    await insert(dataSource.manager, 1);
    await onOneConnection<unknown[]>(async (query) => {
      const read = () => query('SELECT * FROM things WHERE id = $1', [1]);
      expect(await read()).toEqual([{ id: 1, name: 'x' }]);
      await dataSource.query('ALTER TABLE things ADD COLUMN added boolean NOT NULL DEFAULT true');
      await expect(read()).rejects.toThrow('cached plan');
      expect(await read()).toEqual([{ id: 1, name: 'x', added: true }]);
    });
  });

  it('is sent unprepared when there are too many different ones', async () => {
    await onOneConnection<{ n: number }[]>(async (query) => {
      for (let index = 0; index < 520; index += 1) {
        expect(await query(`SELECT $1::int + ${index} AS n`, [1])).toEqual([{ n: index + 1 }]);
      }
      expect(await query('SELECT count(*)::int AS n FROM pg_prepared_statements')).toEqual([{ n: 500 }]);
    });
  });
});

describe('a transaction', () => {
  it('commits everything or nothing', async () => {
    await dataSource.transaction((manager) => insert(manager, 1));
    const failing = dataSource.transaction(async (manager) => {
      await insert(manager, 2);
      await insert(manager, 1);
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect(await ids()).toEqual([1]);
  });

  it('whose first statement fails leaves a connection that works', async () => {
    await insert(dataSource.manager, 1);
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await expect(dataSource.transaction((manager) => insert(manager, 1))).rejects.toThrow('duplicate key');
    }
    await dataSource.transaction((manager) => insert(manager, 2));
    expect(await ids()).toEqual([1, 2]);
  });

  it('sees one state of the database when it asks for that', async () => {
    await dataSource.transaction('REPEATABLE READ', async (manager) => {
      expect(await manager.query('SELECT id FROM things')).toEqual([]);
      await insert(dataSource.manager, 1);
      expect(await manager.query('SELECT id FROM things')).toEqual([]);
    });
    expect(await ids()).toEqual([1]);
  });

  it('undoes the inner one alone', async () => {
    await dataSource.transaction(async (manager) => {
      await insert(manager, 1);
      const inner = manager.transaction(async (nested) => {
        await insert(nested, 2);
        throw new Error('inner');
      });
      await expect(inner).rejects.toThrow('inner');
    });
    expect(await ids()).toEqual([1]);
  });

  it('without any statement changes nothing, and the next one on its connection is not affected', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.rollbackTransaction();
    await insert(runner.manager, 1);
    await runner.release();
    expect(await ids()).toEqual([1]);
  });

  it('that loses its connection fails, and the next gets a new one', async () => {
    const lost = dataSource.transaction(async (manager) => {
      await insert(manager, 1);
      await manager.query('SELECT pg_terminate_backend(pg_backend_pid())');
      await insert(manager, 2);
    });
    await expect(lost).rejects.toThrow();
    await dataSource.transaction((manager) => insert(manager, 3));
    expect(await ids()).toEqual([3]);
  });
});
