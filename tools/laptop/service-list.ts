import { auditService } from '../../apps/audit/src/audit.service.js';
import { captureIntakeService } from '../../apps/capture-intake/src/capture-intake.service.js';
import { dataBalikanService } from '../../apps/data-balikan/src/data-balikan.service.js';
import { dukcapilSandboxService } from '../../apps/dukcapil-sandbox/src/dukcapil-sandbox.service.js';
import { ikdGatewayService } from '../../apps/ikd-gateway/src/ikd-gateway.service.js';
import { livenessService } from '../../apps/liveness/src/liveness.service.js';
import { privacyService } from '../../apps/privacy/src/privacy.service.js';
import { quotaLedgerService } from '../../apps/quota-ledger/src/quota-ledger.service.js';
import { templateExtractionService } from '../../apps/template-extraction/src/template-extraction.service.js';
import {
  startService,
  type AnyServiceName,
  type Environment,
  type RunningService,
  type StartOptions,
} from '@absah/service-kit';

type Start = (env: Environment, options: StartOptions) => Promise<RunningService>;

/** Every service that a laptop runs, by name. */
export const STARTERS: Readonly<Record<AnyServiceName, Start>> = {
  'dukcapil-sandbox': (env, options) => startService(dukcapilSandboxService, env, options),
  'capture-intake': (env, options) => startService(captureIntakeService, env, options),
  liveness: (env, options) => startService(livenessService, env, options),
  'template-extraction': (env, options) => startService(templateExtractionService, env, options),
  'ikd-gateway': (env, options) => startService(ikdGatewayService, env, options),
  'quota-ledger': (env, options) => startService(quotaLedgerService, env, options),
  'data-balikan': (env, options) => startService(dataBalikanService, env, options),
  privacy: (env, options) => startService(privacyService, env, options),
  audit: (env, options) => startService(auditService, env, options),
};
