import { hash } from 'node:crypto';
import { CaptureStore } from '@absah/capture-store';
import { VerificationSubmittedV1 } from '@absah/contracts';
import { uuidV7, type Clock } from '@absah/domain-kit';
import { UnitOfWork } from '@absah/messaging';
import { Pseudonymiser, sealText, type Sealer } from '@absah/sealing';
import { CLOCK } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { openCase, type VerificationCase } from '../domain/verification-case.js';
import { DecisionWaiters } from './decision-waiters.js';
import type { Person } from './person.js';
import type { Picture } from './picture.js';
import { CaseStore, IDENTITY_SEALER } from './ports.js';

/** A request that nothing is wrong with. */
export interface Submission {
  readonly operatorId: string;
  readonly person: Person;
  readonly picture: Picture;
  readonly receivedAt: Date;
}

@Injectable()
export class SubmitVerification {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(CaptureStore) private readonly captures: CaptureStore,
    @Inject(IDENTITY_SEALER) private readonly sealer: Sealer,
    @Inject(Pseudonymiser) private readonly pseudonymiser: Pseudonymiser,
    @Inject(DecisionWaiters) private readonly waiters: DecisionWaiters,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** Returns the case as it stands when it is decided or `waitMs` have passed. */
  async submit(submission: Submission, waitMs: number): Promise<VerificationCase> {
    const opened = this.open(submission);
    const { caseId, operatorId } = opened.admission;
    const waiting = this.waiters.expect(caseId, waitMs);
    try {
      await this.store(opened, submission.picture);
    } catch (error) {
      waiting.cancel();
      throw error;
    }
    if (waitMs <= 0) return opened;
    await waiting.over;
    return (await this.cases.find(caseId, operatorId)) ?? opened;
  }

  private open({ operatorId, person, receivedAt }: Submission): VerificationCase {
    const now = this.clock.now();
    const caseId = uuidV7(now);
    return openCase({
      caseId,
      captureId: uuidV7(now),
      operatorId,
      subjectRef: this.pseudonymiser.subjectRef(person.nik),
      sealedNik: sealText(this.sealer, person.nik, caseId),
      sealedMsisdn: sealText(this.sealer, person.msisdn, caseId),
      consent: person.consent,
      receivedAt,
    });
  }

  /** The picture first: an announced case whose picture is not there yet would ask for a retake. */
  private async store(opened: VerificationCase, picture: Picture): Promise<void> {
    const { captureId } = opened.admission;
    await this.captures.put(captureId, 'image', picture.bytes);
    try {
      await this.announce(opened, picture);
    } catch (error) {
      await this.discard(captureId);
      throw error;
    }
  }

  private async announce(opened: VerificationCase, { bytes, mediaType }: Picture): Promise<void> {
    const { caseId, captureId, operatorId, subjectRef, sealedNik, consent } = opened.admission;
    const image = { mediaType, byteLength: bytes.length, sha256: hash('sha256', bytes, 'hex') };
    await this.unitOfWork.run(async (tx) => {
      await this.cases.insert(tx, opened);
      tx.emit(
        VerificationSubmittedV1,
        { caseId, captureId, operatorId, subjectRef, sealedNik, consent, image },
        { correlationId: caseId },
      );
    });
  }

  /** A purge that fails must not hide why the case failed; the stream forgets the picture by itself. */
  private async discard(captureId: string): Promise<void> {
    try {
      await this.captures.purge(captureId);
    } catch (error) {
      this.logger.warn('capture of a failed request left to expire', { captureId, error });
    }
  }
}
