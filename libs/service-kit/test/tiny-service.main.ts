import { runService } from '@absah/service-kit';
import { tinyService } from './tiny.service.js';

await runService(tinyService);
