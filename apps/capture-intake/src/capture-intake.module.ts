import { CaptureStoreModule } from '@absah/capture-store';
import { IDENTITY_KEYS_OF_SUBJECTS, PersonKeysModule } from '@absah/person-keys';
import { Pseudonymiser } from '@absah/sealing';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Module } from '@nestjs/common';
import { ActivateSim } from './application/activate-sim.js';
import { AdvanceCase } from './application/advance-case.js';
import { AnswerChallenge } from './application/answer-challenge.js';
import { CancelVerification } from './application/cancel-verification.js';
import { CasesUnderWay } from './application/cases-under-way.js';
import { CloseOverdueCases } from './application/close-overdue-cases.js';
import { DeactivateSim } from './application/deactivate-sim.js';
import { DecisionWaiters } from './application/decision-waiters.js';
import { ForgetChallenges } from './application/forget-challenges.js';
import { ForgetIdempotencyKeys } from './application/forget-idempotency-keys.js';
import { IdempotencyStore } from './application/idempotency.js';
import { IssueChallenge } from './application/issue-challenge.js';
import { LimitAttempts } from './application/limit-attempts.js';
import { OwnCases } from './application/own-cases.js';
import { AttemptBook, CaseStore, ChallengeStore } from './application/ports.js';
import { ReadCaseOutlooks } from './application/read-case-outlooks.js';
import { ReadVerification } from './application/read-verification.js';
import { RecordFact } from './application/record-fact.js';
import { SubmitVerification } from './application/submit-verification.js';
import type { CaptureIntakeConfig } from './config.js';
import { AttemptRepository } from './persistence/attempt.repository.js';
import { CaseRepository } from './persistence/case.repository.js';
import { ChallengeRepository } from './persistence/challenge.repository.js';
import { IdempotencyRepository } from './persistence/idempotency.repository.js';
import { CaseFactsConsumer } from './transport/case-facts.consumer.js';
import { DeadlineSweep } from './transport/deadline-sweep.js';
import { CaseOutlookResponder } from './transport/case-outlook.responder.js';
import { DecidedCasesListener } from './transport/decided-cases.listener.js';
import { LivenessChallengesController } from './transport/liveness-challenges.controller.js';
import { OperatorKeys } from './transport/operator-keys.js';
import { VerificationsController } from './transport/verifications.controller.js';

@Module({
  imports: [
    CaptureStoreModule.forService({ key: (config: CaptureIntakeConfig) => config.CAPTURE_KEY.reveal() }),
    PersonKeysModule.forService(IDENTITY_KEYS_OF_SUBJECTS),
  ],
  controllers: [
    VerificationsController,
    LivenessChallengesController,
    CaseFactsConsumer,
    CaseOutlookResponder,
  ],
  providers: [
    SubmitVerification,
    ReadVerification,
    ReadCaseOutlooks,
    IssueChallenge,
    AnswerChallenge,
    ForgetChallenges,
    ForgetIdempotencyKeys,
    AdvanceCase,
    RecordFact,
    LimitAttempts,
    CloseOverdueCases,
    DeadlineSweep,
    OwnCases,
    ActivateSim,
    DeactivateSim,
    CancelVerification,
    DecisionWaiters,
    CasesUnderWay,
    DecidedCasesListener,
    { provide: CaseStore, useClass: CaseRepository },
    { provide: AttemptBook, useClass: AttemptRepository },
    { provide: ChallengeStore, useClass: ChallengeRepository },
    { provide: IdempotencyStore, useClass: IdempotencyRepository },
    {
      provide: Pseudonymiser,
      useFactory: (config: CaptureIntakeConfig) => new Pseudonymiser(config.PSEUDONYM_KEY.reveal()),
      inject: [SERVICE_CONFIG],
    },
    {
      provide: OperatorKeys,
      useFactory: (config: CaptureIntakeConfig) => new OperatorKeys(config.API_KEYS),
      inject: [SERVICE_CONFIG],
    },
  ],
})
export class CaptureIntakeModule {}
