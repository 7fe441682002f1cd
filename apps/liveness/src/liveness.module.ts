import { capturePurger, CaptureStoreModule } from '@absah/capture-store';
import { modelManifest, readModelManifest, type ModelManifest } from '@absah/inference';
import { Module, type DynamicModule } from '@nestjs/common';
import { announcePurge } from './application/announce-purge.js';
import { AssessCapture } from './application/assess-capture.js';
import { ClaimFrames } from './application/claim-frames.js';
import { FetchCapture } from './application/fetch-capture.js';
import { InspectBurst } from './application/inspect-burst.js';
import { InspectCapture } from './application/inspect-capture.js';
import { Assessments, FaceAnalyser, MODEL_MANIFEST, SeenFrames } from './application/ports.js';
import { picturesInFlight, type LivenessConfig } from './config.js';
import { EngineAnalyser } from './engine/engine-analyser.js';
import { AssessmentRepository } from './persistence/assessment.repository.js';
import { SeenFramesRepository } from './persistence/seen-frames.repository.js';
import { Forgetting } from './transport/forgetting.js';
import { verificationConsumer } from './transport/verification.consumer.js';

@Module({})
export class LivenessModule {
  static configured(config: LivenessConfig): DynamicModule {
    return {
      module: LivenessModule,
      imports: [CaptureStoreModule.forService<LivenessConfig>({ key: (own) => own.CAPTURE_KEY.reveal() })],
      controllers: [verificationConsumer(picturesInFlight(config))],
      providers: [
        { provide: Assessments, useClass: AssessmentRepository },
        { provide: SeenFrames, useClass: SeenFramesRepository },
        { provide: FaceAnalyser, useClass: EngineAnalyser },
        { provide: MODEL_MANIFEST, useFactory: () => manifestOf(config) },
        FetchCapture,
        InspectCapture,
        ClaimFrames,
        InspectBurst,
        Forgetting,
        AssessCapture,
        capturePurger<LivenessConfig>({
          record: Assessments,
          announce: announcePurge,
          sweepIntervalMs: (own) => own.PURGE_SWEEP_INTERVAL_MS,
        }),
      ],
    };
  }
}

function manifestOf({ MODEL_MANIFEST: path }: LivenessConfig): ModelManifest {
  return path === undefined ? modelManifest : readModelManifest(path);
}
