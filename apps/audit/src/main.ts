import { runService } from '@absah/service-kit';
import { auditService } from './audit.service.js';

await runService(auditService);
