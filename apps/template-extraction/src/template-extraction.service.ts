import { defineService } from '@absah/service-kit';
import { templateExtractionConfig } from './config.js';
import { CreateTemplates1782871200000 } from './persistence/migrations/1782871200000-create-templates.js';
import { TemplateExtractionModule } from './template-extraction.module.js';

export const templateExtractionService = defineService({
  name: 'template-extraction',
  config: templateExtractionConfig,
  module: (config) => TemplateExtractionModule.configured(config),
  migrations: [CreateTemplates1782871200000],
});
