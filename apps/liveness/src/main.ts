import { runService } from '@absah/service-kit';
import { livenessService } from './liveness.service.js';

await runService(livenessService);
