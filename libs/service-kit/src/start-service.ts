import type { ServiceName } from '@absah/contracts';
import {
  connectNats,
  JetStreamStrategy,
  MESSAGING_MIGRATIONS,
  UnitOfWork,
  type MessagingSettings,
} from '@absah/messaging';
import { installTracePropagation, Logger, nestLogger, type LogDestination } from '@absah/telemetry';
import type { NatsConnection } from '@nats-io/nats-core';
import { NestFactory } from '@nestjs/core';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { openDatabase } from './database.js';
import type { Environment } from './environment.js';
import { httpAdapter, httpAddress } from './http-server.js';
import {
  commonConfigSchema,
  databaseConfigSchema,
  loadConfig,
  messagingConfigSchema,
  natsConfigSchema,
} from './load-config.js';
import { ProblemFilter } from './problem-filter.js';
import { RootModule, type Surroundings } from './root.module.js';
import type { AnyServiceName, ServiceDefinition } from './service-definition.js';
import { preparedStop } from './stop-app.js';
import { Stopping } from './stopping.js';

export interface RunningService {
  readonly name: AnyServiceName;
  /** Base address of its HTTP interface. */
  readonly url: string;
  /** Finishes what is under way, hands back the rest, and closes every connection. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** Standard output by default; a launcher that hosts several services keeps it for itself. */
  readonly logDestination?: LogDestination;
}

const HOUR_MS = 60 * 60_000;

/** Starts one service: configuration, schema, what its modules prepare, bus, HTTP; in that order, or not at all. */
export async function startService<C>(
  definition: ServiceDefinition<C>,
  env: Environment,
  options: StartOptions = {},
): Promise<RunningService> {
  installTracePropagation();
  const config = loadServiceConfig(definition, env);
  const logger = new Logger({
    service: definition.name,
    level: config.common.LOG_LEVEL,
    ...(options.logDestination && { destination: options.logDestination }),
  });
  const dataSource = await openServiceDatabase(definition, config.database);
  let nats: NatsConnection | undefined;
  let app: NestFastifyApplication | undefined;
  try {
    nats = config.nats && (await joinBus(definition.name, config.nats));
    const messaging = config.messaging && messagingSettings(config.messaging);
    const stopping = new Stopping();
    const surroundings = { config: config.own, dataSource, logger, nats, messaging, stopping };
    app = await createApp(definition, surroundings, adapterFor(definition, config));
    const stopApp = preparedStop(app, stopping);
    // Nest itself calls the modules' hooks no sooner than in listen(), when the bus would deliver already.
    await app.init();
    await app.startAllMicroservices();
    await app.listen(config.common.HTTP_PORT, config.common.HTTP_HOST);
    const stop = () => stopApp(config.common.SHUTDOWN_DELAY_MS).finally(() => dataSource.destroy());
    return running(definition.name, app, stop, logger);
  } catch (error) {
    await app?.close().catch(() => undefined);
    await nats?.close();
    await dataSource.destroy();
    throw error;
  }
}

function loadServiceConfig<C>(definition: ServiceDefinition<C>, env: Environment) {
  const always = { common: commonConfigSchema, database: databaseConfigSchema, own: definition.config };
  if (definition.messaging === false) {
    return { ...loadConfig(definition.name, always, env), nats: undefined, messaging: undefined };
  }
  const onTheBus = { nats: natsConfigSchema, messaging: messagingConfigSchema };
  return loadConfig(definition.name, { ...always, ...onTheBus }, env);
}

async function openServiceDatabase<C>(
  definition: ServiceDefinition<C>,
  config: z.infer<typeof databaseConfigSchema>,
): Promise<DataSource> {
  const messaging = definition.messaging === false ? [] : MESSAGING_MIGRATIONS;
  return openDatabase({
    name: definition.name,
    url: config.DATABASE_URL.reveal(),
    poolSize: config.DATABASE_POOL,
    migrations: [...messaging, ...definition.migrations],
  });
}

function messagingSettings(config: z.infer<typeof messagingConfigSchema>): MessagingSettings {
  return {
    reconcilerEnabled: config.RECONCILER_ENABLED,
    reconcileAfterMs: config.RECONCILE_AFTER_MS,
    inboxRetentionMs: config.INBOX_RETENTION_HOURS * HOUR_MS,
  };
}

function joinBus(service: string, config: z.infer<typeof natsConfigSchema>): Promise<NatsConnection> {
  const { NATS_URL: url, NATS_USER: user, NATS_CA_FILE: caFile } = config;
  return connectNats({ url, user, password: config.NATS_PASSWORD.reveal(), caFile }, service);
}

function adapterFor<C>(
  definition: ServiceDefinition<C>,
  config: { readonly common: z.infer<typeof commonConfigSchema>; readonly own: Readonly<C> },
): FastifyAdapter {
  return httpAdapter({
    config: config.common,
    clientCaFile: definition.clientAuthority?.(config.own),
    fastify: definition.fastify?.(config.own),
  });
}

async function createApp<C>(
  definition: ServiceDefinition<C>,
  surroundings: Surroundings<C>,
  adapter: FastifyAdapter,
): Promise<NestFastifyApplication> {
  const { config, dataSource, logger, nats, messaging } = surroundings;
  const app = await NestFactory.create<NestFastifyApplication>(
    RootModule.forService(definition, surroundings),
    adapter,
    { logger: nestLogger(logger), abortOnError: false },
  );
  app.useGlobalFilters(new ProblemFilter(logger));
  if (nats) {
    const name = definition.name as ServiceName;
    const unitOfWork = app.get(UnitOfWork);
    const strategy = new JetStreamStrategy(name, nats, dataSource, unitOfWork, logger, messaging);
    app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  }
  await definition.http?.(app, config);
  return app;
}

function running(
  name: AnyServiceName,
  app: NestFastifyApplication,
  closeAll: () => Promise<void>,
  logger: Logger,
): RunningService {
  const url = httpAddress(app);
  logger.info('service ready', { port: Number(new URL(url).port) });
  const stop = async () => {
    await closeAll();
    logger.info('service stopped');
  };
  let stopped: Promise<void> | undefined;
  return { name, url, close: () => (stopped ??= stop()) };
}
