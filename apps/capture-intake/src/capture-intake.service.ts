import { defineService } from '@absah/service-kit';
import { CaptureIntakeModule } from './capture-intake.module.js';
import { captureIntakeConfig } from './config.js';
import { CreateCases1795305600000 } from './persistence/migrations/1795305600000-create-cases.js';
import { CreateLivenessChallenges1795392000000 } from './persistence/migrations/1795392000000-create-liveness-challenges.js';
import { AddDeadlinesAndAttempts1795402000000 } from './persistence/migrations/1795402000000-add-deadlines-and-attempts.js';
import { CreateIdempotencyKeys1795405000000 } from './persistence/migrations/1795405000000-create-idempotency-keys.js';
import { IndexOpenChallenges1795405001000 } from './persistence/migrations/1795405001000-index-open-challenges.js';
import { prepareHttp, serverOptions } from './transport/http-server.js';

export const captureIntakeService = defineService({
  name: 'capture-intake',
  config: captureIntakeConfig,
  module: () => CaptureIntakeModule,
  migrations: [
    CreateCases1795305600000,
    CreateLivenessChallenges1795392000000,
    AddDeadlinesAndAttempts1795402000000,
    CreateIdempotencyKeys1795405000000,
    IndexOpenChallenges1795405001000,
  ],
  fastify: serverOptions,
  http: prepareHttp,
});
