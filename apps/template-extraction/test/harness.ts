import { randomBytes, randomUUID } from 'node:crypto';
import { CapturePassedV1, type PayloadOf } from '@absah/contracts';
import { modelManifest } from '@absah/inference';
import { Sealer } from '@absah/sealing';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase, modelsDir, waitFor, type TestDatabase } from '@absah/testing';
import { Pool } from 'pg';
import { templateExtractionService } from '../src/template-extraction.service.js';
import { TestBus } from './test-bus.js';

export type Passed = PayloadOf<typeof CapturePassedV1>;

export interface StoredTemplate {
  readonly id: string;
  readonly sealed: Buffer;
  readonly model_chain: string;
  readonly purge_due: boolean;
  readonly purged_at: Date | null;
}

const DURABLE = 'template-extraction-CapturePassedV1';

/** A broker and a database, replicas of template-extraction, and what liveness would have done before. */
export class TemplateHarness {
  readonly templateKey = randomBytes(32);
  /** As ikd-gateway opens templates. */
  readonly sealer = new Sealer('template', this.templateKey);
  /** What the replicas logged, a JSON text per line. */
  readonly logged: string[] = [];
  private readonly replicas: RunningService[] = [];

  private constructor(
    readonly bus: TestBus,
    private readonly database: TestDatabase,
    private readonly pool: Pool,
  ) {}

  static async start(): Promise<TemplateHarness> {
    const bus = await TestBus.start('template-extraction');
    // A setup that fails half-way must not leave its server behind, or the test run never ends.
    const database = await createTestDatabase().catch(async (error: unknown) => {
      await bus.stop();
      throw error;
    });
    const pool = new Pool({ connectionString: database.url, max: 2 });
    // Dropping the database cuts off connections that the pool is still closing.
    pool.on('error', () => undefined);
    return new TemplateHarness(bus, database, pool);
  }

  async startReplica(
    settings: Record<string, string> = {},
    user = 'template-extraction',
  ): Promise<RunningService> {
    const environment = {
      ...this.bus.environment(user),
      DATABASE_URL: this.database.url,
      CAPTURE_KEY: Buffer.from(this.bus.captureKey).toString('base64'),
      TEMPLATE_KEY: this.templateKey.toString('base64'),
      MODELS_DIR: modelsDir(),
      ENGINE_WORKERS: '1',
      ...settings,
    };
    const logDestination = { write: (line: string) => void this.logged.push(line) };
    const replica = await startService(templateExtractionService, environment, { logDestination });
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

  /** Leaves picture and aligned face where liveness leaves them. */
  async putFace(face: Uint8Array): Promise<Passed> {
    const passed = passedFor();
    await this.bus.captures.put(passed.captureId, 'image', randomBytes(1024));
    await this.bus.captures.put(passed.captureId, 'face', face);
    return passed;
  }

  async pass(face: Uint8Array): Promise<Passed> {
    const passed = await this.putFace(face);
    await this.bus.publish(CapturePassedV1, passed);
    return passed;
  }

  async templates(caseId: string): Promise<StoredTemplate[]> {
    return (await this.pool.query<StoredTemplate>('SELECT * FROM templates WHERE case_id = $1', [caseId]))
      .rows;
  }

  async stored(caseId: string): Promise<StoredTemplate> {
    return waitFor(async () => (await this.templates(caseId))[0], { description: 'the template' });
  }

  /** The plain template, as only the holder of the key can have it. */
  async opened(caseId: string): Promise<Uint8Array> {
    const { id, sealed } = await this.stored(caseId);
    return this.sealer.open(sealed, id);
  }

  async recordedPurge(caseId: string): Promise<StoredTemplate> {
    return waitFor(
      async () => {
        const row = await this.stored(caseId);
        return row.purged_at && row;
      },
      { description: 'the purge' },
    );
  }

  /** What a process that died between commit and purge leaves in the database. */
  async forgetPurge(caseId: string): Promise<void> {
    await this.pool.query('UPDATE templates SET purge_due = true, purged_at = NULL WHERE case_id = $1', [
      caseId,
    ]);
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

export function passedFor(): Passed {
  return {
    caseId: randomUUID(),
    captureId: randomUUID(),
    subjectRef: 'a'.repeat(64),
    sealedNik: 'c2VhbGVk',
    livenessScore: 0.998,
    modelChain: modelManifest.modelChain,
  };
}
