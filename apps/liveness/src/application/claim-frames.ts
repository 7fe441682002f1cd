import { createHmac, createSecretKey } from 'node:crypto';
import { probeImage } from '@absah/biometrics';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { LivenessConfig } from '../config.js';
import { SeenFrames } from './ports.js';

/** 128 bits of an HMAC: no two frames share one by chance, and nobody without the key can test a picture. */
const DIGEST_BYTES = 16;

/** A camera never takes the same frame twice: one that comes again was recorded. Only what is decoded counts: other
 *  metadata, or bytes behind the picture, make no other frame. */
@Injectable()
export class ClaimFrames {
  constructor(
    @Inject(SeenFrames) private readonly seen: Pick<SeenFrames, 'claim'>,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<LivenessConfig, 'REPLAY_KEY'>,
  ) {}

  /** False when a frame belongs to another session. Asked again for the same one, it answers the same. */
  execute(captureId: string, frames: readonly Uint8Array[]): Promise<boolean> {
    const key = createSecretKey(this.config.REPLAY_KEY.reveal());
    const digests = frames.map((frame) => {
      const hmac = createHmac('sha256', key);
      for (const part of pixelsOf(frame)) hmac.update(part);
      return hmac.digest().subarray(0, DIGEST_BYTES);
    });
    return this.seen.claim(captureId, digests);
  }
}

function pixelsOf(frame: Uint8Array): readonly Uint8Array[] {
  const probe = probeImage(frame);
  return probe.kind === 'image' ? probe.essence : [frame];
}
