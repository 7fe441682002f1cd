import { Module } from '@nestjs/common';
import { LogStore } from './application/ports.js';
import { ProveTrail } from './application/prove-trail.js';
import { RecomputeLog } from './application/recompute-log.js';
import { RecordEvents } from './application/record-events.js';
import { PostgresLogStore } from './persistence/postgres-log-store.js';
import { AuditConsumer } from './transport/audit.consumer.js';
import { AuditorGuard } from './transport/auditor.guard.js';
import { LogController } from './transport/log.controller.js';

@Module({
  controllers: [AuditConsumer, LogController],
  providers: [
    { provide: LogStore, useClass: PostgresLogStore },
    RecordEvents,
    ProveTrail,
    RecomputeLog,
    AuditorGuard,
  ],
})
export class AuditModule {}
