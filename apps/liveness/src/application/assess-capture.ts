import { CapturePurger, CaptureStore, packParts } from '@absah/capture-store';
import { CaptureAttackSuspectedV1, CapturePassedV1, CaptureRetakeRequestedV1 } from '@absah/contracts';
import { assertNever, type Clock } from '@absah/domain-kit';
import type { FaceAnalysis } from '@absah/inference';
import { ageOf, UnitOfWork, type DeliveryContext, type Transaction } from '@absah/messaging';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { LivenessConfig } from '../config.js';
import { judgeCapture, withBurst, type Judgement } from '../domain/judge-capture.js';
import type { Submitted } from './fetch-capture.js';
import { InspectBurst } from './inspect-burst.js';
import { InspectCapture, type Inspection } from './inspect-capture.js';
import { Assessments, type Assessment } from './ports.js';

type Face = Extract<FaceAnalysis, { kind: 'face' }>;

@Injectable()
export class AssessCapture {
  constructor(
    @Inject(InspectCapture) private readonly inspectCapture: Pick<InspectCapture, 'execute'>,
    @Inject(InspectBurst) private readonly inspectBurst: Pick<InspectBurst, 'execute'>,
    @Inject(UnitOfWork) private readonly unitOfWork: Pick<UnitOfWork, 'once'>,
    @Inject(Assessments) private readonly assessments: Pick<Assessments, 'add'>,
    @Inject(CaptureStore) private readonly captures: Pick<CaptureStore, 'put'>,
    @Inject(CapturePurger) private readonly purger: Pick<CapturePurger, 'purge'>,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<LivenessConfig, 'LIVENESS_THRESHOLD'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async execute(submitted: Submitted, delivery: DeliveryContext): Promise<void> {
    const inspection = await this.inspectCapture.execute(submitted, ageOf(delivery, this.clock.now()));
    const judgement = await this.judge(submitted, inspection);
    const assessment = describe(submitted, inspection, judgement);
    const result = await this.unitOfWork.once(delivery, async (tx) => {
      await this.assessments.add(tx, assessment);
      await this.announce(tx, submitted, judgement);
    });
    // Not for a duplicate: its picture may have passed, and then template-extraction still reads it.
    if (result === 'duplicate') return;
    this.logger.info('capture assessed', {
      caseId: assessment.caseId,
      captureId: assessment.captureId,
      decision: assessment.outcome,
      reasons: assessment.reasons,
    });
    if (judgement.kind !== 'live') await this.purger.purge(submitted.captureId);
  }

  /** The picture first: most of what is refused is refused by it, at a twentieth of the burst's cost. */
  private async judge(submitted: Submitted, inspection: Inspection): Promise<Judgement<Face>> {
    const judgement = judgeCapture<Face>(inspection, this.config.LIVENESS_THRESHOLD);
    const { burst } = submitted;
    if (judgement.kind !== 'live' || !burst) return judgement;
    const { face } = judgement;
    return withBurst(face, await this.inspectBurst.execute(submitted, burst, face.alignedCrop));
  }

  private async announce(tx: Transaction, submitted: Submitted, judgement: Judgement<Face>): Promise<void> {
    const { caseId, captureId, subjectRef, sealedNik, operatorId, document, decideBy } = submitted;
    const about = { caseId, captureId, subjectRef };
    switch (judgement.kind) {
      case 'retake':
        return tx.emit(CaptureRetakeRequestedV1, { ...about, reasons: [...judgement.reasons] });
      case 'attack':
        return tx.emit(CaptureAttackSuspectedV1, {
          ...about,
          ...scoreOf(judgement.face),
          ...(judgement.suspicion && { suspicion: judgement.suspicion }),
        });
      case 'live':
        // Inside the transaction that took the message: a replica that raced and lost would else put
        // the face back after template-extraction had purged it.
        await this.captures.put(captureId, 'face', packParts(facesOf(judgement)));
        return tx.emit(CapturePassedV1, {
          ...about,
          ...{ operatorId, document, decideBy, sealedNik },
          ...scoreOf(judgement.face),
        });
      default:
        return assertNever(judgement);
    }
  }
}

function scoreOf({ livenessScore, modelChain }: Face): { livenessScore: number; modelChain: string } {
  return { livenessScore, modelChain };
}

function livenessOf({
  livenessScore,
  livenessCues,
}: Face): Pick<Assessment, 'livenessScore' | 'livenessCues'> {
  return { livenessScore, ...(livenessCues && { livenessCues }) };
}

type Live = Extract<Judgement<Face>, { kind: 'live' }>;

function facesOf({ face, companions }: Live): readonly Uint8Array[] {
  return [face.alignedCrop, ...companions];
}

function reasonsOf(judgement: Judgement<Face>): Assessment['reasons'] {
  if (judgement.kind === 'retake') return judgement.reasons;
  return judgement.kind === 'attack' && judgement.suspicion ? [judgement.suspicion] : [];
}

function describe(submitted: Submitted, inspection: Inspection, judgement: Judgement<Face>): Assessment {
  return {
    captureId: submitted.captureId,
    caseId: submitted.caseId,
    outcome: judgement.kind,
    reasons: reasonsOf(judgement),
    faces: judgement.kind === 'live' ? facesOf(judgement).length : 0,
    ...(judgement.kind !== 'retake' && livenessOf(judgement.face)),
    ...('modelChain' in inspection && { modelChain: inspection.modelChain }),
    ...('quality' in inspection && { measures: inspection.quality }),
  };
}
