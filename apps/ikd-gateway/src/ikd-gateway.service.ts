import { defineService } from '@absah/service-kit';
import { ikdGatewayConfig } from './config.js';
import { IkdGatewayModule } from './ikd-gateway.module.js';
import { CreateAccessesAndParkedCases1782878400000 } from './persistence/migrations/1782878400000-create-accesses-and-parked-cases.js';
import { AddTermsToParkedCases1795399000000 } from './persistence/migrations/1795399000000-add-terms-to-parked-cases.js';
import { IndexParkedCasesByDeadline1795404000000 } from './persistence/migrations/1795404000000-index-parked-cases-by-deadline.js';

export const ikdGatewayService = defineService({
  name: 'ikd-gateway',
  config: ikdGatewayConfig,
  module: () => IkdGatewayModule,
  migrations: [
    CreateAccessesAndParkedCases1782878400000,
    AddTermsToParkedCases1795399000000,
    IndexParkedCasesByDeadline1795404000000,
  ],
});
