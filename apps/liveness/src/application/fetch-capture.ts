import { hash } from 'node:crypto';
import { CaptureStore } from '@absah/capture-store';
import type { PayloadOf, VerificationSubmittedV1 } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';

export type Submitted = PayloadOf<typeof VerificationSubmittedV1>;

/** Opens what intake left in the memory-only stream, and believes it only as far as its digest goes. */
@Injectable()
export class FetchCapture {
  constructor(
    @Inject(CaptureStore) private readonly captures: Pick<CaptureStore, 'get'>,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async execute(
    { caseId, captureId }: Submitted,
    kind: 'image' | 'burst',
    sha256: string,
  ): Promise<Uint8Array | 'expired' | 'altered'> {
    const bytes = await this.open(captureId, kind);
    if (bytes === undefined) return 'expired';
    if (bytes !== 'broken' && hash('sha256', bytes, 'hex') === sha256) return bytes;
    // Somebody wakes for it, and yet the person is only asked for another picture: a case that is
    // left in the dead letters would wait for ever.
    this.logger.error('capture is not what was submitted', { caseId, captureId });
    return 'altered';
  }

  private async open(captureId: string, kind: 'image' | 'burst'): Promise<Uint8Array | 'broken' | undefined> {
    try {
      return await this.captures.get(captureId, kind);
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'SEALING.BROKEN') return 'broken';
      throw error;
    }
  }
}
