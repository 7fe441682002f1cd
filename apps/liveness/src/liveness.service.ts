import { defineService } from '@absah/service-kit';
import { livenessConfig } from './config.js';
import { LivenessModule } from './liveness.module.js';
import { AddLivenessCuesToAssessments1795392000000 } from './persistence/migrations/1795392000000-add-liveness-cues-to-assessments.js';
import { CreateAssessments1782867600000 } from './persistence/migrations/1782867600000-create-assessments.js';
import { CreateSeenFrames1795395600000 } from './persistence/migrations/1795395600000-create-seen-frames.js';

export const livenessService = defineService({
  name: 'liveness',
  config: livenessConfig,
  module: (config) => LivenessModule.configured(config),
  migrations: [
    CreateAssessments1782867600000,
    AddLivenessCuesToAssessments1795392000000,
    CreateSeenFrames1795395600000,
  ],
});
