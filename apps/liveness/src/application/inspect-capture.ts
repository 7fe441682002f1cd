import { hash } from 'node:crypto';
import { CaptureStore } from '@absah/capture-store';
import type { PayloadOf, VerificationSubmittedV1 } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import type { FaceAnalysis } from '@absah/inference';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { FaceAnalyser } from './ports.js';

export type Submitted = PayloadOf<typeof VerificationSubmittedV1>;

/** What the models said, or why they were not asked. */
export type Inspection = FaceAnalysis | { readonly kind: 'expired' } | { readonly kind: 'altered' };

/** The only place where a whole picture is in the clear, and only in memory. */
@Injectable()
export class InspectCapture {
  constructor(
    @Inject(CaptureStore) private readonly captures: CaptureStore,
    @Inject(FaceAnalyser) private readonly analyser: FaceAnalyser,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async execute({ caseId, captureId, image }: Submitted): Promise<Inspection> {
    const bytes = await this.fetch(captureId);
    if (bytes === undefined) return { kind: 'expired' };
    if (bytes === 'broken' || hash('sha256', bytes, 'hex') !== image.sha256) {
      // Somebody wakes for it, and yet the person is only asked for another picture: a case that is
      // left in the dead letters would wait for ever.
      this.logger.error('capture is not what was submitted', { caseId, captureId });
      return { kind: 'altered' };
    }
    return this.analyser.analyse(bytes);
  }

  private async fetch(captureId: string): Promise<Uint8Array | 'broken' | undefined> {
    try {
      return await this.captures.get(captureId, 'image');
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'SEALING.BROKEN') return 'broken';
      throw error;
    }
  }
}
