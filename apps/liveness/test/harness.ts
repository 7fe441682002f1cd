import { createHash, randomUUID } from 'node:crypto';
import { VerificationSubmittedV1, type PayloadOf } from '@absah/contracts';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase, modelsDir, waitFor, type TestDatabase } from '@absah/testing';
import { Pool } from 'pg';
import { livenessService } from '../src/liveness.service.js';
import { TestBus } from './test-bus.js';

export type Submitted = PayloadOf<typeof VerificationSubmittedV1>;

export interface StoredAssessment {
  readonly outcome: string;
  readonly liveness_score: number | null;
  readonly reasons: string[];
  readonly model_chain: string | null;
  readonly measures: Record<string, unknown> | null;
  readonly purge_due: boolean;
  readonly purged_at: Date | null;
}

const DURABLE = 'liveness-VerificationSubmittedV1';

/** A broker and a database, replicas of liveness, and what capture-intake would have done before. */
export class LivenessHarness {
  /** What the replicas logged, a JSON text per line. */
  readonly logged: string[] = [];
  private readonly replicas: RunningService[] = [];

  private constructor(
    readonly bus: TestBus,
    private readonly database: TestDatabase,
    private readonly pool: Pool,
  ) {}

  static async start(): Promise<LivenessHarness> {
    const bus = await TestBus.start('liveness');
    // A setup that fails half-way must not leave its server behind, or the test run never ends.
    const database = await createTestDatabase().catch(async (error: unknown) => {
      await bus.stop();
      throw error;
    });
    const pool = new Pool({ connectionString: database.url, max: 2 });
    // Dropping the database cuts off connections that the pool is still closing.
    pool.on('error', () => undefined);
    return new LivenessHarness(bus, database, pool);
  }

  async startReplica(settings: Record<string, string> = {}, user = 'liveness'): Promise<RunningService> {
    const environment = {
      ...this.bus.environment(user),
      DATABASE_URL: this.database.url,
      CAPTURE_KEY: Buffer.from(this.bus.captureKey).toString('base64'),
      MODELS_DIR: modelsDir(),
      ENGINE_WORKERS: '1',
      ...settings,
    };
    const logDestination = { write: (line: string) => void this.logged.push(line) };
    const replica = await startService(livenessService, environment, { logDestination });
    this.replicas.push(replica);
    return replica;
  }

  async stopReplicas(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map((replica) => replica.close()));
  }

  async stop(): Promise<void> {
    await this.stopReplicas();
    await this.pool.end();
    await Promise.all([this.bus.stop(), this.database.drop()]);
  }

  /** Leaves the picture where capture-intake leaves it. */
  async putImage(image: Uint8Array): Promise<Submitted> {
    const submitted = submittedFor(image);
    await this.bus.captures.put(submitted.captureId, 'image', image);
    return submitted;
  }

  async submit(image: Uint8Array): Promise<Submitted> {
    const submitted = await this.putImage(image);
    await this.bus.publish(VerificationSubmittedV1, submitted);
    return submitted;
  }

  async assessments(captureId: string): Promise<StoredAssessment[]> {
    const { rows } = await this.pool.query<StoredAssessment>(
      'SELECT * FROM assessments WHERE capture_id = $1',
      [captureId],
    );
    return rows;
  }

  async assessed(captureId: string): Promise<StoredAssessment> {
    return waitFor(async () => (await this.assessments(captureId))[0], { description: 'the assessment' });
  }

  /** What a replica that died between commit and purge leaves in the database. */
  async leaveUnpurged({ caseId, captureId }: Submitted): Promise<void> {
    await this.pool.query(
      `INSERT INTO assessments (capture_id, case_id, outcome, reasons, purge_due)
       VALUES ($1, $2, 'retake', '{blurred}', true)`,
      [captureId, caseId],
    );
  }

  async settled(): Promise<void> {
    await waitFor(async () => (await this.bus.unsettled(DURABLE)) === 0, {
      description: 'every message to be settled',
    });
  }

  async deadLetters(): Promise<{ code: string }[]> {
    return (await this.pool.query<{ code: string }>('SELECT code FROM dead_letters')).rows;
  }
}

export function submittedFor(image: Uint8Array): Submitted {
  return {
    caseId: randomUUID(),
    captureId: randomUUID(),
    operatorId: 'operator-a',
    subjectRef: 'a'.repeat(64),
    sealedNik: 'c2VhbGVk',
    consent: { purpose: 'sim-registration', version: '2026-07', givenAt: new Date().toISOString() },
    image: {
      mediaType: 'image/jpeg',
      byteLength: Math.max(1, image.length),
      sha256: createHash('sha256').update(image).digest('hex'),
    },
  };
}
