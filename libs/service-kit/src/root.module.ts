import { systemClock } from '@absah/domain-kit';
import { MessagingModule, type MessagingSettings } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import type { NatsConnection } from '@nats-io/nats-core';
import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HealthController } from './health.controller.js';
import type { ServiceDefinition } from './service-definition.js';
import { Stopping } from './stopping.js';
import { CLOCK, SERVICE_CONFIG } from './tokens.js';

export interface Surroundings<C> {
  readonly config: Readonly<C>;
  readonly dataSource: DataSource;
  readonly logger: Logger;
  readonly stopping: Stopping;
  /** Absent for a service without a place on the bus. */
  readonly nats: NatsConnection | undefined;
  readonly messaging: MessagingSettings | undefined;
}

@Module({})
class SurroundingsModule {}

/** Everything a service finds around itself, and then the service. */
@Module({})
export class RootModule {
  static forService<C>(definition: ServiceDefinition<C>, around: Surroundings<C>): DynamicModule {
    const surroundings: DynamicModule = {
      module: SurroundingsModule,
      global: true,
      providers: [
        { provide: SERVICE_CONFIG, useValue: around.config },
        { provide: DataSource, useValue: around.dataSource },
        { provide: Logger, useValue: around.logger },
        { provide: Stopping, useValue: around.stopping },
        { provide: CLOCK, useValue: systemClock },
      ],
      exports: [SERVICE_CONFIG, DataSource, Logger, Stopping, CLOCK],
    };
    const messaging = around.nats ? [MessagingModule.forService(around.nats, around.messaging)] : [];
    return {
      module: RootModule,
      imports: [surroundings, ...messaging, definition.module(around.config)],
      controllers: [HealthController],
    };
  }
}
