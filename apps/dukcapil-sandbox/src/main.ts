import { runService } from '@absah/service-kit';
import { dukcapilSandboxService } from './dukcapil-sandbox.service.js';

await runService(dukcapilSandboxService);
