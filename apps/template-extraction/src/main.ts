import { runService } from '@absah/service-kit';
import { templateExtractionService } from './template-extraction.service.js';

await runService(templateExtractionService);
