import { randomBytes } from 'node:crypto';
import { packParts } from '@absah/capture-store';
import { CapturePassedV1, type PayloadOf } from '@absah/contracts';
import { modelManifest } from '@absah/inference';
import { TEMPLATE_KEYS_OF_SUBJECTS } from '@absah/person-keys';
import { HeldCaptures, KeyDesk, ServiceUnderTest, type EventBus } from '@absah/test-bed';
import { modelsDir, sampleEvent, waitFor } from '@absah/testing';
import { templateExtractionService } from '../src/template-extraction.service.js';

export type Passed = PayloadOf<typeof CapturePassedV1>;

export interface StoredTemplate {
  readonly id: string;
  readonly sealed: Buffer;
  readonly model_chain: string;
  readonly purge_due: boolean;
  readonly purged_at: Date | null;
}

/** Replicas of template-extraction, and what liveness would have done before. */
export class TemplateBed {
  readonly bus: EventBus;

  private constructor(
    readonly service: ServiceUnderTest,
    readonly captures: HeldCaptures,
    readonly keys: KeyDesk,
  ) {
    this.bus = service.bus;
  }

  static async open(): Promise<TemplateBed> {
    const captureKey = randomBytes(32);
    const keys = new KeyDesk();
    const service = await ServiceUnderTest.prepare(templateExtractionService, {
      CAPTURE_KEY: captureKey.toString('base64'),
      ...keys.settings,
      MODELS_DIR: modelsDir(),
      ENGINE_WORKERS: '1',
    });
    const captures = await HeldCaptures.open(service.bus, captureKey);
    keys.serve(service.bus, TEMPLATE_KEYS_OF_SUBJECTS);
    return new TemplateBed(service, captures, keys);
  }

  /** Leaves picture and aligned faces where liveness leaves them. */
  async putFaces(...faces: readonly Uint8Array[]): Promise<Passed> {
    const passed = passedFor();
    await this.captures.store.put(passed.captureId, 'image', randomBytes(1024));
    await this.restoreFaces(passed, ...faces);
    return passed;
  }

  /** As a delivery that was overtaken puts them back. */
  restoreFaces({ captureId }: Pick<Passed, 'captureId'>, ...faces: readonly Uint8Array[]): Promise<void> {
    return this.captures.store.put(captureId, 'face', packParts(faces));
  }

  async pass(...faces: readonly Uint8Array[]): Promise<Passed> {
    const passed = await this.putFaces(...faces);
    await this.bus.publish(CapturePassedV1, passed);
    return passed;
  }

  async templates(caseId: string): Promise<StoredTemplate[]> {
    return this.service.rows<StoredTemplate>('SELECT * FROM templates WHERE case_id = $1', caseId);
  }

  async stored(caseId: string): Promise<StoredTemplate> {
    return waitFor(async () => (await this.templates(caseId))[0], { description: 'the template' });
  }

  /** The plain template, as ikd-gateway opens it. */
  async opened(caseId: string): Promise<Uint8Array> {
    const { id, sealed } = await this.stored(caseId);
    return this.keys.keyOfValue(sealed, 'template').open(sealed, id);
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
    await this.service.rows(
      'UPDATE templates SET purge_due = true, purged_at = NULL WHERE case_id = $1',
      caseId,
    );
  }
}

export function passedFor(): Passed {
  return sampleEvent(CapturePassedV1, { modelChain: modelManifest.modelChain });
}
