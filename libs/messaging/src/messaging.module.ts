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
import { ensureEventStream } from './event-stream.js';
import { QueryClient } from './query-client.js';
import { Relay } from './relay.js';
import { UnitOfWork } from './unit-of-work.js';

export const NATS_CONNECTION = Symbol('NatsConnection');
export const JETSTREAM = Symbol('JetStreamClient');

/** Global: connection, relay and unit of work of one service. */
@Module({})
export class MessagingModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(Relay) private readonly relay: Relay,
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
  ) {}

  /** Takes the connection over: it is drained when the application shuts down. */
  static forService(connection: NatsConnection): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: NATS_CONNECTION, useValue: connection },
        { provide: JETSTREAM, useValue: jetstream(connection) },
        {
          provide: Relay,
          useFactory: (dataSource: DataSource, client: JetStreamClient, logger: Logger) =>
            new Relay(dataSource, client, logger),
          inject: [DataSource, JETSTREAM, Logger],
        },
        {
          provide: UnitOfWork,
          useFactory: (dataSource: DataSource, relay: Relay) => new UnitOfWork(dataSource, relay),
          inject: [DataSource, Relay],
        },
        { provide: QueryClient, useValue: new QueryClient(connection) },
      ],
      exports: [NATS_CONNECTION, JETSTREAM, UnitOfWork, QueryClient],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await ensureEventStream(await jetstreamManager(this.connection, { checkAPI: false }));
    this.relay.start();
  }

  /** Runs after the transport stopped taking messages, so what it emitted last still leaves. */
  async onApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    // Without a broker there is nobody to drain to, and the client would try to connect for ever.
    await this.connection.drain().catch(() => this.connection.close());
  }
}
