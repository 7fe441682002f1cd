import { capturePurger, CaptureStoreModule } from '@absah/capture-store';
import { PersonKeysModule, TEMPLATE_KEYS_OF_SUBJECTS } from '@absah/person-keys';
import { Module, type DynamicModule } from '@nestjs/common';
import { announcePurge } from './application/announce-purge.js';
import { ExtractTemplate } from './application/extract-template.js';
import { FaceEmbedder, Templates } from './application/ports.js';
import { facesInFlight, type TemplateExtractionConfig } from './config.js';
import { EngineEmbedder } from './engine/engine-embedder.js';
import { TemplateRepository } from './persistence/template.repository.js';
import { capturePassedConsumer } from './transport/capture-passed.consumer.js';
import { SealedTemplateResponder } from './transport/sealed-template.responder.js';

@Module({})
export class TemplateExtractionModule {
  static configured(config: TemplateExtractionConfig): DynamicModule {
    return {
      module: TemplateExtractionModule,
      imports: [
        CaptureStoreModule.forService<TemplateExtractionConfig>({ key: (own) => own.CAPTURE_KEY.reveal() }),
        PersonKeysModule.forService(TEMPLATE_KEYS_OF_SUBJECTS),
      ],
      controllers: [capturePassedConsumer(facesInFlight(config)), SealedTemplateResponder],
      providers: [
        { provide: Templates, useClass: TemplateRepository },
        { provide: FaceEmbedder, useClass: EngineEmbedder },
        ExtractTemplate,
        capturePurger<TemplateExtractionConfig>({
          record: Templates,
          announce: announcePurge,
          sweepIntervalMs: (own) => own.PURGE_SWEEP_INTERVAL_MS,
        }),
      ],
    };
  }
}
