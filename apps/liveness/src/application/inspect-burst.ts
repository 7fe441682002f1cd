import { unpackParts } from '@absah/capture-store';
import type { BurstFrame, ModelManifest } from '@absah/inference';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { LivenessConfig } from '../config.js';
import { judgeBurst, type SessionLimits } from '../domain/judge-burst.js';
import type { BurstFinding } from '../domain/judge-capture.js';
import { ClaimFrames } from './claim-frames.js';
import { FetchCapture, type Submitted } from './fetch-capture.js';
import { FaceAnalyser, MODEL_MANIFEST } from './ports.js';

export type Burst = NonNullable<Submitted['burst']>;

/** Frames that answer no challenge only help the template, and few are enough for that. */
const MOST_UNCHALLENGED = 4;

@Injectable()
export class InspectBurst {
  constructor(
    @Inject(FetchCapture) private readonly fetchCapture: Pick<FetchCapture, 'execute'>,
    @Inject(ClaimFrames) private readonly claimFrames: Pick<ClaimFrames, 'execute'>,
    @Inject(FaceAnalyser) private readonly analyser: Pick<FaceAnalyser, 'observeBurst' | 'embeddingOf'>,
    @Inject(MODEL_MANIFEST) private readonly manifest: Pick<ModelManifest, 'thresholds'>,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<LivenessConfig, 'LIVENESS_THRESHOLD'>,
  ) {}

  /** @param alignedFace of the picture, which passed by itself */
  async execute(submitted: Submitted, burst: Burst, alignedFace: Uint8Array): Promise<BurstFinding> {
    const packed = await this.fetchCapture.execute(submitted, 'burst', burst.sha256);
    if (typeof packed === 'string') return { kind: packed };
    const frames = unpackParts(packed);
    if (frames?.length !== burst.frameCount) return { kind: 'altered' };
    // Before the models are asked: a replay shall cost less than it did to make.
    if (!(await this.claimFrames.execute(submitted.captureId, frames))) return { kind: 'replayed' };
    return this.judge(burst, frames, await this.analyser.embeddingOf(alignedFace));
  }

  private async judge(
    { answers }: Burst,
    frames: readonly Uint8Array[],
    picture: Float32Array,
  ): Promise<BurstFinding> {
    const observed = await this.analyser.observeBurst(answers ? frames : spread(frames, MOST_UNCHALLENGED));
    const observations = observed.map((frame, index) => ({
      ...contentOf(frame),
      atMs: answers?.frameTimes[index] ?? 0,
    }));
    const judgement = judgeBurst(picture, observations, answers, this.limits(answers?.lifetimeMs));
    if (judgement.kind !== 'live') return judgement;
    return { kind: 'live', companions: judgement.companions.flatMap((index) => cropOf(observed[index])) };
  }

  private limits(deadlineMs = 0): SessionLimits {
    const { cosineAtOperatingPoint } = this.manifest.thresholds.calibration;
    return {
      deadlineMs,
      minLivenessScore: this.config.LIVENESS_THRESHOLD,
      minSamePersonCosine: cosineAtOperatingPoint,
      minSessionCosine: cosineAtOperatingPoint,
    };
  }
}

/** What cannot be read shows nobody. */
function contentOf(frame: BurstFrame): Extract<BurstFrame, { kind: 'face' }>['content'] {
  return frame.kind === 'face' ? frame.content : { face: undefined, several: false };
}

function cropOf(frame: BurstFrame | undefined): Uint8Array[] {
  return frame?.kind === 'face' ? [frame.alignedCrop] : [];
}

/** From the first to the last at even distances. */
function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => items[Math.round(index * step)] as T);
}
