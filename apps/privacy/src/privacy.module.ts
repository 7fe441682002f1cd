import { Module, type DynamicModule } from '@nestjs/common';
import { CheckKeks } from './application/check-keks.js';
import { ObtainSecrets } from './application/obtain-secrets.js';
import { OpenSecrets } from './application/open-secrets.js';
import { OpenedSecrets } from './application/opened-secrets.js';
import { KekChecks, KekProvider, PersonKeyStore } from './application/ports.js';
import { RewrapKeys } from './application/rewrap-keys.js';
import type { PrivacyConfig } from './config.js';
import { FileKeks } from './kek/file-keks.js';
import { KekCheckRepository } from './persistence/kek-check.repository.js';
import { PersonKeyRepository } from './persistence/person-key.repository.js';
import { KekWatch } from './transport/kek-watch.js';
import { KeyCustodyResponder } from './transport/key-custody.responder.js';
import { PersonKeysResponder } from './transport/person-keys.responder.js';

@Module({})
export class PrivacyModule {
  static configured(config: PrivacyConfig): DynamicModule {
    return {
      module: PrivacyModule,
      controllers: [PersonKeysResponder, KeyCustodyResponder],
      providers: [
        { provide: KekProvider, useValue: new FileKeks(config.KEK_FILE) },
        { provide: PersonKeyStore, useClass: PersonKeyRepository },
        { provide: KekChecks, useClass: KekCheckRepository },
        CheckKeks,
        KekWatch,
        ObtainSecrets,
        OpenSecrets,
        OpenedSecrets,
        RewrapKeys,
      ],
    };
  }
}
