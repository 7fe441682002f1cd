import { createHash, randomBytes } from 'node:crypto';
import { packParts } from '@absah/capture-store';
import { VerificationSubmittedV1, type PayloadOf } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { HeldCaptures, ServiceUnderTest, type EventBus } from '@absah/test-bed';
import { modelsDir, sampleEvent, waitFor } from '@absah/testing';
import { livenessService } from '../src/liveness.service.js';

export type Submitted = PayloadOf<typeof VerificationSubmittedV1>;

/** Two dozen frames, on a machine that does other things meanwhile. */
const BURST_TIMEOUT_MS = 25_000;

type Challenge = NonNullable<NonNullable<Submitted['burst']>['answers']>;

export interface SentBurst {
  readonly frames: readonly Uint8Array[];
  readonly answers?: Challenge;
}

export interface StoredAssessment {
  readonly outcome: string;
  readonly liveness_score: number | null;
  readonly liveness_cues: Record<string, unknown> | null;
  readonly reasons: string[];
  readonly model_chain: string | null;
  readonly measures: Record<string, unknown> | null;
  readonly faces: number;
  readonly purge_due: boolean;
  readonly purged_at: Date | null;
}

/** Replicas of liveness, and what capture-intake would have done before. */
export class LivenessBed {
  readonly bus: EventBus;

  private constructor(
    readonly service: ServiceUnderTest,
    readonly captures: HeldCaptures,
  ) {
    this.bus = service.bus;
  }

  static async open(): Promise<LivenessBed> {
    const captureKey = randomBytes(32);
    const service = await ServiceUnderTest.prepare(livenessService, {
      CAPTURE_KEY: captureKey.toString('base64'),
      REPLAY_KEY: randomBytes(32).toString('base64'),
      MODELS_DIR: modelsDir(),
      ENGINE_WORKERS: '1',
    });
    return new LivenessBed(service, await HeldCaptures.open(service.bus, captureKey));
  }

  /** Leaves picture and burst where capture-intake leaves them. */
  async putImage(image: Uint8Array, burst?: SentBurst): Promise<Submitted> {
    const submitted = submittedFor(image, burst);
    await this.captures.store.put(submitted.captureId, 'image', image);
    if (burst) await this.captures.store.put(submitted.captureId, 'burst', packParts(burst.frames));
    return submitted;
  }

  async submit(image: Uint8Array, burst?: SentBurst): Promise<Submitted> {
    const submitted = await this.putImage(image, burst);
    await this.bus.publish(VerificationSubmittedV1, submitted);
    return submitted;
  }

  async assessments(captureId: string): Promise<StoredAssessment[]> {
    return this.service.rows<StoredAssessment>('SELECT * FROM assessments WHERE capture_id = $1', captureId);
  }

  async assessed(captureId: string): Promise<StoredAssessment> {
    return waitFor(async () => (await this.assessments(captureId))[0], {
      description: 'the assessment',
      timeoutMs: BURST_TIMEOUT_MS,
    });
  }

  /** What a replica that died between commit and purge leaves in the database. */
  async leaveUnpurged({ caseId, captureId }: Submitted): Promise<void> {
    await this.service.rows(
      `INSERT INTO assessments (capture_id, case_id, outcome, reasons, purge_due)
       VALUES ($1, $2, 'retake', '{blurred}', true)`,
      captureId,
      caseId,
    );
  }
}

export function submittedFor(image: Uint8Array, burst?: SentBurst): Submitted {
  return sampleEvent(VerificationSubmittedV1, {
    image: { mediaType: 'image/jpeg', ...fingerprintOf(image) },
    ...(burst && {
      burst: {
        frameCount: burst.frames.length,
        ...fingerprintOf(packParts(burst.frames)),
        ...(burst.answers && { answers: burst.answers }),
      },
    }),
  });
}

/** What a client sends that recorded these frames while a challenge ran. */
export function answering(
  frames: readonly Buffer[],
  movements: Challenge['movements'] = ['turn-left', 'nod', 'turn-right'],
): SentBurst {
  return {
    frames,
    answers: {
      challengeId: uuidV7(),
      nonce: randomBytes(16).toString('base64url'),
      movements,
      colours: [],
      frameTimes: frames.map((_, index) => 300 * index),
      lifetimeMs: 60_000,
    },
  };
}

function fingerprintOf(bytes: Uint8Array): { byteLength: number; sha256: string } {
  return {
    byteLength: Math.max(1, bytes.length),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
