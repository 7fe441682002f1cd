import { defineService } from '@absah/service-kit';
import { dukcapilSandboxConfig } from './config.js';
import { DukcapilSandboxModule } from './dukcapil-sandbox.module.js';
import { serveOpenApi } from './openapi/serve-open-api.js';
import { CreateRegistry1782882000000 } from './persistence/migrations/1782882000000-create-registry.js';

export const dukcapilSandboxService = defineService({
  name: 'dukcapil-sandbox',
  config: dukcapilSandboxConfig,
  module: () => DukcapilSandboxModule,
  migrations: [CreateRegistry1782882000000],
  messaging: false,
  clientAuthority: (config) => config.CLIENT_CA_FILE,
  http: serveOpenApi,
});
