import type { FaceAnalysis } from '@absah/inference';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { LivenessConfig } from '../config.js';
import { FetchCapture, type Submitted } from './fetch-capture.js';
import { FaceAnalyser } from './ports.js';

/** What the models said, or why they were not asked. */
export type Inspection = FaceAnalysis | { readonly kind: 'expired' | 'altered' | 'unchallenged' };

/** With `InspectBurst` the only place where a whole picture is in the clear, and only in memory. */
@Injectable()
export class InspectCapture {
  constructor(
    @Inject(FetchCapture) private readonly fetchCapture: FetchCapture,
    @Inject(FaceAnalyser) private readonly analyser: FaceAnalyser,
    @Inject(SERVICE_CONFIG)
    private readonly config: Pick<LivenessConfig, 'REQUIRE_ACTIVE_LIVENESS' | 'ASSESSMENT_LIMIT_MS'>,
  ) {}

  async execute(submitted: Submitted, waitedMs: number): Promise<Inspection> {
    if (this.config.REQUIRE_ACTIVE_LIVENESS && !submitted.burst?.answers) return { kind: 'unchallenged' };
    // Work on what is late would make those behind it late as well.
    if (waitedMs >= this.config.ASSESSMENT_LIMIT_MS) return { kind: 'expired' };
    const bytes = await this.fetchCapture.execute(submitted, 'image', submitted.image.sha256);
    return typeof bytes === 'string' ? { kind: bytes } : this.analyser.analyse(bytes);
  }
}
