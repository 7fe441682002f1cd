import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { CheckKeks } from './application/check-keks.js';
import { DestroyKey } from './application/destroy-key.js';
import { ObtainSecrets } from './application/obtain-secrets.js';
import { OpenSecrets } from './application/open-secrets.js';
import { OpenedSecrets } from './application/opened-secrets.js';
import { KekChecks, KekProvider, PersonKeyStore } from './application/ports.js';
import { RewrapKeys } from './application/rewrap-keys.js';
import type { PrivacyConfig } from './config.js';
import { openKeks, type OpenKeks } from './kek/open-keks.js';
import { KekCheckRepository } from './persistence/kek-check.repository.js';
import { PersonKeyRepository } from './persistence/person-key.repository.js';
import { KekWatch } from './transport/kek-watch.js';
import { KeyCustodyResponder } from './transport/key-custody.responder.js';
import { PersonKeysResponder } from './transport/person-keys.responder.js';

const OPEN_KEKS = Symbol('OpenKeks');

@Module({})
export class PrivacyModule implements OnApplicationShutdown {
  constructor(@Inject(OPEN_KEKS) private readonly provider: OpenKeks) {}

  static configured(config: PrivacyConfig): DynamicModule {
    return {
      module: PrivacyModule,
      controllers: [PersonKeysResponder, KeyCustodyResponder],
      providers: [
        { provide: OPEN_KEKS, useFactory: () => openKeks(config) },
        { provide: KekProvider, useFactory: ({ keks }: OpenKeks) => keks, inject: [OPEN_KEKS] },
        { provide: PersonKeyStore, useClass: PersonKeyRepository },
        { provide: KekChecks, useClass: KekCheckRepository },
        CheckKeks,
        DestroyKey,
        KekWatch,
        ObtainSecrets,
        OpenSecrets,
        OpenedSecrets,
        RewrapKeys,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.provider.close();
  }
}
