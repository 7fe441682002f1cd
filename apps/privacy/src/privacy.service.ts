import { defineService } from '@absah/service-kit';
import { privacyConfig } from './config.js';
import { CreatePersonKeys1795407000000 } from './persistence/migrations/1795407000000-create-person-keys.js';
import { PrivacyModule } from './privacy.module.js';

export const privacyService = defineService({
  name: 'privacy',
  config: privacyConfig,
  module: (config) => PrivacyModule.configured(config),
  migrations: [CreatePersonKeys1795407000000],
});
