import { runService } from '@absah/service-kit';
import { captureIntakeService } from './capture-intake.service.js';

await runService(captureIntakeService);
