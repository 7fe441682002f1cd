import { runService } from '@absah/service-kit';
import { privacyService } from './privacy.service.js';

await runService(privacyService);
