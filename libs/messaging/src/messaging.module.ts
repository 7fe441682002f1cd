import { Logger } from '@absah/telemetry';
import { jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Confirmations } from './confirmations.js';
import { disconnectNats } from './connect.js';
import { ensureEventStream } from './event-stream.js';
import { DEFAULT_MESSAGING_SETTINGS, type MessagingSettings } from './messaging-settings.js';
import { QueryClient } from './query-client.js';
import { Reconciler } from './reconciler.js';
import { Relay } from './relay.js';
import { UnitOfWork } from './unit-of-work.js';

export const NATS_CONNECTION = Symbol('NatsConnection');
export const JETSTREAM = Symbol('JetStreamClient');
const RECONCILER = Symbol('Reconciler');

/** Below the time that a query has: a broker that is away is asked again with the next look. */
const BROKER_TIMEOUT_MS = 2_000;

/** Global: connection, relay, reconciler and unit of work of one service. */
@Module({})
export class MessagingModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(RECONCILER) private readonly reconciler: Reconciler | undefined,
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
  ) {}

  /** Takes the connection over: it is drained when the application shuts down. */
  static forService(
    connection: NatsConnection,
    { reconcilerEnabled, reconcileAfterMs }: MessagingSettings = DEFAULT_MESSAGING_SETTINGS,
  ): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: NATS_CONNECTION, useValue: connection },
        { provide: JETSTREAM, useValue: jetstream(connection) },
        {
          provide: Relay,
          useFactory: (client: JetStreamClient, logger: Logger) => new Relay(connection, client, logger),
          inject: [JETSTREAM, Logger],
        },
        {
          provide: RECONCILER,
          useFactory: (dataSource: DataSource, relay: Relay, queries: QueryClient, logger: Logger) =>
            reconcilerEnabled
              ? new Reconciler(
                  dataSource,
                  relay,
                  new Confirmations(queries, logger),
                  () => ensureStreamOf(connection),
                  logger,
                  reconcileAfterMs,
                )
              : undefined,
          inject: [DataSource, Relay, QueryClient, Logger],
        },
        {
          provide: UnitOfWork,
          useFactory: (dataSource: DataSource, relay: Relay) =>
            new UnitOfWork(dataSource, relay, reconcileAfterMs),
          inject: [DataSource, Relay],
        },
        { provide: QueryClient, useValue: new QueryClient(connection) },
      ],
      exports: [NATS_CONNECTION, JETSTREAM, UnitOfWork, QueryClient],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await ensureStreamOf(this.connection);
    this.reconciler?.start();
  }

  /** Runs after the transport stopped taking messages, so what it emitted last still leaves. */
  async onApplicationShutdown(): Promise<void> {
    await this.reconciler?.stop();
    await disconnectNats(this.connection);
  }
}

async function ensureStreamOf(connection: NatsConnection): Promise<string> {
  return ensureEventStream(
    await jetstreamManager(connection, { checkAPI: false, timeout: BROKER_TIMEOUT_MS }),
  );
}
