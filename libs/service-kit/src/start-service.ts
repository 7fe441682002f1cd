import type { ServiceName } from '@absah/contracts';
import { CreateMessaging1782864000000, JetStreamStrategy, NATS_CONNECTION } from '@absah/messaging';
import { installTracePropagation, Logger, nestLogger, type LogDestination } from '@absah/telemetry';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { openDatabase } from './database.js';
import {
  commonConfigSchema,
  databaseConfigSchema,
  loadConfig,
  natsConfigSchema,
  type Environment,
} from './load-config.js';
import { ProblemFilter } from './problem-filter.js';
import { RootModule } from './root.module.js';
import type { AnyServiceName, ServiceDefinition } from './service-definition.js';

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

/** Starts one service: configuration, schema, bus, HTTP; in that order, or not at all. */
export async function startService<C>(
  definition: ServiceDefinition<C>,
  env: Environment,
  options: StartOptions = {},
): Promise<RunningService> {
  installTracePropagation();
  const { name } = definition;
  const common = loadConfig(name, commonConfigSchema, env);
  const config = loadConfig(name, definition.config, env);
  const nats = definition.messaging === false ? undefined : loadNats(name, env);
  const logger = new Logger({
    service: name,
    level: common.LOG_LEVEL,
    ...(options.logDestination && { destination: options.logDestination }),
  });
  const dataSource = await openServiceDatabase(definition, env);
  let app: NestFastifyApplication | undefined;
  try {
    const root = RootModule.forService(definition, { config, dataSource, logger, nats });
    app = await NestFactory.create<NestFastifyApplication>(
      root,
      new FastifyAdapter({ forceCloseConnections: 'idle', ...definition.fastify?.(config) }),
      { logger: nestLogger(logger), abortOnError: false },
    );
    app.useGlobalFilters(new ProblemFilter(logger));
    if (nats) joinBus(app, name as ServiceName, logger);
    await definition.http?.(app, config);
    await app.startAllMicroservices();
    await app.listen(common.HTTP_PORT, common.HTTP_HOST);
    return running(name, app, dataSource, logger);
  } catch (error) {
    await app?.close().catch(() => undefined);
    await dataSource.destroy();
    throw error;
  }
}

function loadNats(name: string, env: Environment): { url: string; user: string; password: string } {
  const config = loadConfig(name, natsConfigSchema, env);
  return { url: config.NATS_URL, user: config.NATS_USER, password: config.NATS_PASSWORD.reveal() };
}

async function openServiceDatabase<C>(
  definition: ServiceDefinition<C>,
  env: Environment,
): Promise<DataSource> {
  const config = loadConfig(definition.name, databaseConfigSchema, env);
  const messaging = definition.messaging === false ? [] : [CreateMessaging1782864000000];
  return openDatabase({
    name: definition.name,
    url: config.DATABASE_URL.reveal(),
    poolSize: config.DATABASE_POOL,
    migrations: [...messaging, ...definition.migrations],
  });
}

function joinBus(app: NestFastifyApplication, service: ServiceName, logger: Logger): void {
  const strategy = new JetStreamStrategy(service, app.get(NATS_CONNECTION), app.get(DataSource), logger);
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
}

async function running(
  name: AnyServiceName,
  app: NestFastifyApplication,
  dataSource: DataSource,
  logger: Logger,
): Promise<RunningService> {
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  logger.info('service ready', { port: Number(new URL(url).port) });
  return {
    name,
    url,
    close: async () => {
      await app.close();
      await dataSource.destroy();
      logger.info('service stopped');
    },
  };
}
