import { defineService } from '@absah/service-kit';
import { dataBalikanConfig } from './config.js';
import { DataBalikanModule } from './data-balikan.module.js';
import { CreateFeedbackRecords1782885600000 } from './persistence/migrations/1782885600000-create-feedback-records.js';

export const dataBalikanService = defineService({
  name: 'data-balikan',
  config: dataBalikanConfig,
  module: () => DataBalikanModule,
  migrations: [CreateFeedbackRecords1782885600000],
});
