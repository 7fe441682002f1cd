import { COMPARISON_KEYS_BY_ID, PersonKeysModule } from '@absah/person-keys';
import { Module } from '@nestjs/common';
import { AskRegistry } from './application/ask-registry.js';
import { DrainParkedCases } from './application/drain-parked-cases.js';
import { DropEndedCases } from './application/drop-ended-cases.js';
import { GiveUpOverdueCases } from './application/give-up-overdue-cases.js';
import { ObtainValues } from './application/obtain-values.js';
import { ACCESS_LOG, CASE_OWNER, IDENTITY_REGISTRY, PARKED_CASES } from './application/ports.js';
import { RegistryGuards } from './application/registry-guards.js';
import { RetryDelay } from './application/retry-delay.js';
import { SealedValues } from './application/sealed-values.js';
import { VerifyIdentity } from './application/verify-identity.js';
import { AccessLogRepository } from './persistence/access-log.repository.js';
import { ParkedCaseRepository } from './persistence/parked-case.repository.js';
import { TemplateDriver } from './registry/template-driver.js';
import { CaptureIntake } from './transport/capture-intake.js';
import { FaceExtractedConsumer } from './transport/face-extracted.consumer.js';
import { ParkedCaseSchedule } from './transport/parked-case.schedule.js';

@Module({
  imports: [PersonKeysModule.forService(COMPARISON_KEYS_BY_ID)],
  controllers: [FaceExtractedConsumer],
  providers: [
    AskRegistry,
    DrainParkedCases,
    DropEndedCases,
    GiveUpOverdueCases,
    ObtainValues,
    ParkedCaseSchedule,
    RegistryGuards,
    RetryDelay,
    SealedValues,
    VerifyIdentity,
    { provide: ACCESS_LOG, useClass: AccessLogRepository },
    { provide: CASE_OWNER, useClass: CaptureIntake },
    { provide: IDENTITY_REGISTRY, useClass: TemplateDriver },
    { provide: PARKED_CASES, useClass: ParkedCaseRepository },
  ],
})
export class IkdGatewayModule {}
