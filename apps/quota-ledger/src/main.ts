import { runService } from '@absah/service-kit';
import { quotaLedgerService } from './quota-ledger.service.js';

await runService(quotaLedgerService);
