import type { ServiceName } from '@absah/contracts';
import {
  connectNats,
  JetStreamStrategy,
  MESSAGING_MIGRATIONS,
  MessagingModule,
  type MessagingSettings,
  type NatsSettings,
  QueryClient,
  UnitOfWork,
} from '@absah/messaging';
import { installTracePropagation, Logger } from '@absah/telemetry';
import { Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';

/** One replica of a service that consists of the given handlers and nothing else. */
export interface Replica {
  readonly dataSource: DataSource;
  readonly unitOfWork: UnitOfWork;
  readonly queries: QueryClient;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  readonly service: ServiceName;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** Where the broker has users: the service is one of them. */
  readonly natsPassword?: string;
  readonly handlers?: readonly Type[];
  readonly messaging?: Partial<MessagingSettings>;
}

/** As in production, but for those who cannot wait. */
const SETTINGS: MessagingSettings = {
  reconcilerEnabled: true,
  reconcileAfterMs: 500,
  inboxRetentionMs: 24 * 60 * 60_000,
};

export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  installTracePropagation();
  const dataSource = await openTestDatabase(options.databaseUrl);
  const logger = new Logger({ service: options.service, level: 'silent' });

  @Module({})
  class Surroundings {}
  const surroundings = {
    module: Surroundings,
    global: true,
    providers: [
      { provide: DataSource, useValue: dataSource },
      { provide: Logger, useValue: logger },
    ],
    exports: [DataSource, Logger],
  };
  const settings = { ...SETTINGS, ...options.messaging };
  const connection = await connectNats(credentials(options), options.service);
  const module = await Test.createTestingModule({
    imports: [surroundings, MessagingModule.forService(connection, settings)],
    controllers: [...(options.handlers ?? [])],
  }).compile();
  const strategy = new JetStreamStrategy(
    options.service,
    connection,
    dataSource,
    module.get(UnitOfWork),
    logger,
    settings,
  );
  const app = module.createNestMicroservice({ strategy, logger: false });
  const close = async () => {
    await app.close();
    await dataSource.destroy();
  };
  await app.listen().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    dataSource,
    unitOfWork: app.get(UnitOfWork),
    queries: app.get(QueryClient),
    close,
  };
}

function credentials({ service, natsUrl: url, natsPassword }: ReplicaOptions): NatsSettings {
  return natsPassword === undefined
    ? { url, user: '', password: '' }
    : { url, user: service, password: natsPassword };
}

/** A migrated database with a table for handlers to have an effect on, and one to record in. */
export async function openTestDatabase(url: string): Promise<DataSource> {
  const dataSource = new DataSource({ type: 'postgres', url, migrations: [...MESSAGING_MIGRATIONS] });
  await dataSource.initialize();
  await dataSource.query('SELECT pg_advisory_lock(1)');
  await dataSource.runMigrations();
  await dataSource.query(
    'CREATE TABLE IF NOT EXISTS effects (case_id uuid NOT NULL, at timestamptz DEFAULT now())',
  );
  await dataSource.query('CREATE TABLE IF NOT EXISTS recorded (message_id text PRIMARY KEY)');
  await dataSource.query('SELECT pg_advisory_unlock_all()');
  return dataSource;
}

export async function countEffects(dataSource: DataSource): Promise<number> {
  const [row] = await dataSource.query<{ n: number }[]>('SELECT count(*)::int AS n FROM effects');
  return row?.n ?? 0;
}
