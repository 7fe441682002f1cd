import { averageTemplates } from '@absah/biometrics';
import { CapturePurger, CaptureStore, unpackParts } from '@absah/capture-store';
import { FaceExtractedV1, FaceLostV1, type CapturePassedV1, type PayloadOf } from '@absah/contracts';
import { ServiceError, uuidV7, type Clock } from '@absah/domain-kit';
import type { EmbeddedFace } from '@absah/inference';
import { ageOf, UnitOfWork, type DeliveryContext } from '@absah/messaging';
import { PersonKeys } from '@absah/person-keys';
import type { PersonKey } from '@absah/sealing';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { TemplateExtractionConfig } from '../config.js';
import { FaceEmbedder, Templates, type StoredTemplate } from './ports.js';

export type Passed = PayloadOf<typeof CapturePassedV1>;

/** Of one person in one session; several are averaged into one template. */
type AlignedFaces = readonly Uint8Array[];

/** Why there is no face to work on; the person is asked for another picture with this reason. */
type Loss = 'capture-expired' | 'unreadable';

@Injectable()
export class ExtractTemplate {
  constructor(
    @Inject(CaptureStore) private readonly captures: Pick<CaptureStore, 'get'>,
    @Inject(FaceEmbedder) private readonly embedder: FaceEmbedder,
    @Inject(PersonKeys) private readonly keys: Pick<PersonKeys<'template'>, 'of'>,
    @Inject(UnitOfWork) private readonly unitOfWork: Pick<UnitOfWork, 'once'>,
    @Inject(Templates) private readonly templates: Pick<Templates, 'add'>,
    @Inject(CapturePurger) private readonly purger: Pick<CapturePurger, 'purge'>,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<TemplateExtractionConfig, 'EXTRACTION_LIMIT_MS'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async execute(passed: Passed, delivery: DeliveryContext): Promise<void> {
    const faces = this.isLate(delivery) ? 'capture-expired' : await this.fetch(passed);
    if (typeof faces === 'string') await this.reportLoss(passed, faces, delivery);
    else await this.keepTemplate(passed, await this.sealTemplate(passed, faces), delivery);
    // Settled now, by this delivery or by an earlier one that may have died before its purge.
    await this.purger.purge(passed.captureId);
  }

  /** Work on what is late would make those behind it late as well. */
  private isLate(delivery: DeliveryContext): boolean {
    return ageOf(delivery, this.clock.now()) >= this.config.EXTRACTION_LIMIT_MS;
  }

  private async fetch({ caseId, captureId }: Passed): Promise<AlignedFaces | Loss> {
    const bytes = await this.open(captureId);
    if (!bytes) return 'capture-expired';
    const faces = bytes === 'broken' ? undefined : unpackParts(bytes);
    if (faces && faces.length > 0) return faces;
    // Somebody wakes for it, and yet the person is only asked for another picture: a case that is
    // left in the dead letters would wait for ever.
    this.logger.error('face is not what liveness sealed', { caseId, captureId });
    return 'unreadable';
  }

  private async open(captureId: string): Promise<Uint8Array | 'broken' | undefined> {
    try {
      return await this.captures.get(captureId, 'face');
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'SEALING.BROKEN') return 'broken';
      throw error;
    }
  }

  private async sealTemplate(passed: Passed, faces: AlignedFaces): Promise<StoredTemplate> {
    // Asked for while the engine computes; that it fails is of interest once there is something to seal.
    const keys = this.keys.of(passed.subjectRef);
    keys.catch(() => undefined);
    const embedded = await this.embed(faces);
    try {
      return this.seal(passed, embedded, (await keys).template);
    } finally {
      embedded.template.fill(0);
    }
  }

  private seal({ caseId, captureId }: Passed, embedded: EmbeddedFace, key: PersonKey): StoredTemplate {
    const { template, modelChain } = embedded;
    const templateId = uuidV7(this.clock.now());
    return { templateId, caseId, captureId, sealed: key.seal(template, templateId), modelChain };
  }

  /** One face after the other: a case takes one place in the engine's queue, however many it has. */
  private async embed(faces: AlignedFaces): Promise<EmbeddedFace> {
    const embedded: EmbeddedFace[] = [];
    try {
      for (const face of faces) embedded.push(await this.embedder.embed(face));
      const templates = embedded.map(({ template }) => template);
      return { template: averageTemplates(templates), modelChain: embedded[0]?.modelChain ?? '' };
    } finally {
      for (const plain of [...embedded.map(({ template }) => template), ...faces]) plain.fill(0);
    }
  }

  private async keepTemplate(
    passed: Passed,
    template: StoredTemplate,
    delivery: DeliveryContext,
  ): Promise<void> {
    const { caseId, captureId, subjectRef, sealedNik, operatorId, document, decideBy } = passed;
    const { templateId, modelChain } = template;
    const result = await this.unitOfWork.once(delivery, async (tx) => {
      await this.templates.add(tx, template);
      tx.emit(FaceExtractedV1, {
        ...{ caseId, captureId, templateId, modelChain },
        ...{ operatorId, document, decideBy, subjectRef, sealedNik },
      });
    });
    if (result === 'done') this.logger.info('template sealed', { caseId, captureId, templateId, modelChain });
  }

  private async reportLoss(passed: Passed, reason: Loss, delivery: DeliveryContext): Promise<void> {
    const { caseId, captureId, subjectRef } = passed;
    const result = await this.unitOfWork.once(delivery, async (tx) => {
      tx.emit(FaceLostV1, { caseId, captureId, subjectRef, reasons: [reason] });
    });
    if (result === 'done') this.logger.info('face lost', { caseId, captureId, reason });
  }
}
