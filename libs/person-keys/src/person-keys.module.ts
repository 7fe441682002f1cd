import { QueryClient } from '@absah/messaging';
import { SERVICE_CONFIG, type Secret } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import type { KeyQuery } from './key-queries.js';
import { PersonKeys } from './person-keys.js';

/** What a service that works with keys of persons is told about them. */
export interface PersonKeysConfig {
  readonly TRANSPORT_KEY: Secret<Uint8Array>;
  readonly KEY_CACHE_ENTRIES: number;
  readonly KEY_CACHE_SECONDS: number;
}

@Module({})
export class PersonKeysModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(PersonKeys) private readonly keys: PersonKeys,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  static forService(query: KeyQuery): DynamicModule {
    return {
      module: PersonKeysModule,
      providers: [
        {
          provide: PersonKeys,
          useFactory: (queries: QueryClient, config: PersonKeysConfig) =>
            new PersonKeys(queries, query, {
              transportKey: config.TRANSPORT_KEY.reveal(),
              cacheEntries: config.KEY_CACHE_ENTRIES,
              cacheSeconds: config.KEY_CACHE_SECONDS,
            }),
          inject: [QueryClient, SERVICE_CONFIG],
        },
      ],
      exports: [PersonKeys],
    };
  }

  /** A wrong transport key is found now, and not with the first person. */
  async onModuleInit(): Promise<void> {
    if ((await this.keys.check()) === 'no answer') this.logger.warn('privacy does not answer yet');
  }

  onApplicationShutdown(): void {
    this.keys.forgetAll();
  }
}
