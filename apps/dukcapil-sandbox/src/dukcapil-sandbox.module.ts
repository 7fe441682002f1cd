import { Module } from '@nestjs/common';
import { EnrolPerson } from './application/enrol-person.js';
import { FEEDBACK, PEOPLE, VERIFICATIONS } from './application/ports.js';
import { ReceiveFeedback } from './application/receive-feedback.js';
import { RegistryFault } from './application/registry-fault.js';
import { VerifyFace } from './application/verify-face.js';
import { FeedbackRepository } from './persistence/feedback.repository.js';
import { PeopleRepository } from './persistence/people.repository.js';
import { Vault } from './persistence/vault.js';
import { VerificationRepository } from './persistence/verification.repository.js';
import { ClosedNetworkGuard } from './transport/closed-network.guard.js';
import { Credentials } from './transport/credentials.js';
import { DataBalikanController } from './transport/data-balikan.controller.js';
import { FaultsController } from './transport/faults.controller.js';
import { HeldRequests } from './transport/held-requests.js';
import { HomeController } from './transport/home.controller.js';
import { IkdController } from './transport/ikd.controller.js';
import { PeopleController } from './transport/people.controller.js';
import { ReceivedFeedbackController } from './transport/received-feedback.controller.js';
import { SufferFaultInterceptor } from './transport/suffer-fault.interceptor.js';

@Module({
  controllers: [
    DataBalikanController,
    FaultsController,
    HomeController,
    IkdController,
    PeopleController,
    ReceivedFeedbackController,
  ],
  providers: [
    ClosedNetworkGuard,
    Credentials,
    EnrolPerson,
    HeldRequests,
    ReceiveFeedback,
    RegistryFault,
    SufferFaultInterceptor,
    Vault,
    VerifyFace,
    { provide: FEEDBACK, useClass: FeedbackRepository },
    { provide: PEOPLE, useClass: PeopleRepository },
    { provide: VERIFICATIONS, useClass: VerificationRepository },
  ],
})
export class DukcapilSandboxModule {}
