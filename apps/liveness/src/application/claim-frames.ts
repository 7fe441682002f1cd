import { createHmac } from 'node:crypto';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { LivenessConfig } from '../config.js';
import { SeenFrames } from './ports.js';

/** 128 bits of an HMAC: no two frames share one by chance, and nobody without the key can test a picture. */
const DIGEST_BYTES = 16;

/** A camera never takes the same frame twice: one that comes again was recorded. */
@Injectable()
export class ClaimFrames {
  constructor(
    @Inject(SeenFrames) private readonly seen: Pick<SeenFrames, 'claim'>,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<LivenessConfig, 'REPLAY_KEY'>,
  ) {}

  /** False when a frame belongs to another session. Asked again for the same one, it answers the same. */
  execute(captureId: string, frames: readonly Uint8Array[]): Promise<boolean> {
    const key = this.config.REPLAY_KEY.reveal();
    const digests = frames.map((frame) =>
      createHmac('sha256', key).update(frame).digest().subarray(0, DIGEST_BYTES),
    );
    return this.seen.claim(captureId, digests);
  }
}
