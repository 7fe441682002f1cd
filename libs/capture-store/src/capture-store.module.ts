import { NATS_CONNECTION } from '@absah/messaging';
import { Sealer } from '@absah/sealing';
import { SERVICE_CONFIG } from '@absah/service-kit';
import type { NatsConnection } from '@nats-io/nats-core';
import { Module, type DynamicModule } from '@nestjs/common';
import { CaptureStore } from './capture-store.js';
import { DEFAULT_CAPTURE_LIMITS, type CaptureLimits } from './capture-limits.js';

export interface CaptureStoreOptions<Config> {
  /** The key that all services with access to captures share. */
  readonly key: (config: Config) => Uint8Array;
  readonly limits?: (config: Config) => CaptureLimits;
}

@Module({})
export class CaptureStoreModule {
  static forService<Config>(options: CaptureStoreOptions<Config>): DynamicModule {
    return {
      module: CaptureStoreModule,
      providers: [
        {
          provide: CaptureStore,
          useFactory: (connection: NatsConnection, config: Config) =>
            CaptureStore.open(
              connection,
              new Sealer('capture', options.key(config)),
              options.limits?.(config) ?? DEFAULT_CAPTURE_LIMITS,
            ),
          inject: [NATS_CONNECTION, SERVICE_CONFIG],
        },
      ],
      exports: [CaptureStore],
    };
  }
}
