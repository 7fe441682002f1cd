import { defineService } from '@absah/service-kit';
import { AuditModule } from './audit.module.js';
import { auditConfig } from './config.js';
import { CreateLog1795305600000 } from './persistence/migrations/1795305600000-create-log.js';

export const auditService = defineService({
  name: 'audit',
  config: auditConfig,
  module: () => AuditModule,
  migrations: [CreateLog1795305600000],
});
