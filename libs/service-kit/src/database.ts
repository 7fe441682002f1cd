import { DataSource } from 'typeorm';
import { databaseAddress } from './database-address.js';
import { DatabaseClient } from './database-client.js';
import type { MigrationClass } from './service-definition.js';

export interface DatabaseSettings {
  /** Shown by the server beside each connection. */
  readonly name: string;
  readonly url: string;
  readonly poolSize: number;
  readonly migrations: readonly MigrationClass[];
}

const CONNECT_TIMEOUT_MS = 10_000;
/**
 * A replica that was cut off in the middle of a transaction must not keep its locks until TCP gives
 * up, and one that waits for a silent server must learn of it. Longer than any statement of ours.
 */
const PATIENCE = {
  keepAlive: true,
  statement_timeout: 60_000,
  query_timeout: 65_000,
  idle_in_transaction_session_timeout: 60_000,
};
/** Any constant: replicas that start together take turns on it. */
const MIGRATION_LOCK = 6_402_117;

/** Connects, and brings the schema up to date before anything else runs. */
export async function openDatabase(settings: DatabaseSettings): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    applicationName: settings.name,
    ...databaseAddress(settings.url),
    poolSize: settings.poolSize,
    migrations: [...settings.migrations],
    migrationsTransactionMode: 'each',
    logging: false,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: { Client: DatabaseClient, ...PATIENCE },
  });
  await dataSource.initialize();
  try {
    await migrateAlone(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

async function migrateAlone(dataSource: DataSource): Promise<void> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await lock.release();
  }
}
