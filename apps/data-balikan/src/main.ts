import { runService } from '@absah/service-kit';
import { dataBalikanService } from './data-balikan.service.js';

await runService(dataBalikanService);
