import { defineService } from '@absah/service-kit';
import { quotaLedgerConfig } from './config.js';
import { CreateLedger1795401000000 } from './persistence/migrations/1795401000000-create-ledger.js';
import { QuotaLedgerModule } from './quota-ledger.module.js';

export const quotaLedgerService = defineService({
  name: 'quota-ledger',
  config: quotaLedgerConfig,
  module: () => QuotaLedgerModule,
  migrations: [CreateLedger1795401000000],
});
