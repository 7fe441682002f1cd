import { CapturePurger, CaptureStore } from '@absah/capture-store';
import { FaceExtractedV1, FaceLostV1, type CapturePassedV1, type PayloadOf } from '@absah/contracts';
import { ServiceError, uuidV7, type Clock } from '@absah/domain-kit';
import { UnitOfWork, type DeliveryContext } from '@absah/messaging';
import { Sealer } from '@absah/sealing';
import { CLOCK } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { FaceEmbedder, Templates, type StoredTemplate } from './ports.js';

export type Passed = PayloadOf<typeof CapturePassedV1>;

/** Why there is no face to work on; the person is asked for another picture with this reason. */
type Loss = 'capture-expired' | 'unreadable';

@Injectable()
export class ExtractTemplate {
  constructor(
    @Inject(CaptureStore) private readonly captures: Pick<CaptureStore, 'get'>,
    @Inject(FaceEmbedder) private readonly embedder: FaceEmbedder,
    @Inject(Sealer) private readonly sealer: Pick<Sealer, 'seal'>,
    @Inject(UnitOfWork) private readonly unitOfWork: Pick<UnitOfWork, 'once'>,
    @Inject(Templates) private readonly templates: Pick<Templates, 'add'>,
    @Inject(CapturePurger) private readonly purger: Pick<CapturePurger, 'purge'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async execute(passed: Passed, delivery: DeliveryContext): Promise<void> {
    const face = await this.fetch(passed);
    if (typeof face === 'string') await this.reportLoss(passed, face, delivery);
    else await this.keepTemplate(passed, await this.sealTemplate(passed, face), delivery);
    // Settled now, by this delivery or by an earlier one that may have died before its purge.
    await this.purger.purge(passed.captureId);
  }

  private async fetch({ caseId, captureId }: Passed): Promise<Uint8Array | Loss> {
    try {
      return (await this.captures.get(captureId, 'face')) ?? 'capture-expired';
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'SEALING.BROKEN')) throw error;
      // Somebody wakes for it, and yet the person is only asked for another picture: a case that is
      // left in the dead letters would wait for ever.
      this.logger.error('face is not what liveness sealed', { caseId, captureId });
      return 'unreadable';
    }
  }

  private async sealTemplate({ caseId, captureId }: Passed, face: Uint8Array): Promise<StoredTemplate> {
    const { template, modelChain } = await this.embedder.embed(face);
    const templateId = uuidV7(this.clock.now());
    try {
      return { templateId, caseId, captureId, sealed: this.sealer.seal(template, templateId), modelChain };
    } finally {
      template.fill(0);
      face.fill(0);
    }
  }

  private async keepTemplate(
    passed: Passed,
    template: StoredTemplate,
    delivery: DeliveryContext,
  ): Promise<void> {
    const { caseId, captureId, subjectRef, sealedNik } = passed;
    const { templateId, modelChain } = template;
    const result = await this.unitOfWork.once(delivery, async (tx) => {
      await this.templates.add(tx, template);
      tx.emit(FaceExtractedV1, { caseId, captureId, templateId, subjectRef, sealedNik, modelChain });
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
