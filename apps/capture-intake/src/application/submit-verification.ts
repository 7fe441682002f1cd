import { hash } from 'node:crypto';
import { CaptureStore, packParts } from '@absah/capture-store';
import { VerificationSubmittedV1, type PayloadOf } from '@absah/contracts';
import { uuidV7, type Clock } from '@absah/domain-kit';
import { UnitOfWork, type Transaction } from '@absah/messaging';
import { PersonKeys } from '@absah/person-keys';
import { Pseudonymiser, sealText, type PersonKey } from '@absah/sealing';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { CaptureIntakeConfig } from '../config.js';
import type { IssuedChallenge } from '../domain/liveness-challenge.js';
import { openCase, type Admission, type VerificationCase } from '../domain/verification-case.js';
import { AnswerChallenge } from './answer-challenge.js';
import type { Answer, Burst } from './burst.js';
import { CasesUnderWay } from './cases-under-way.js';
import { DecisionWaiters, type Waiting } from './decision-waiters.js';
import { keepNothing, type BeforeCommit } from './idempotency.js';
import { LimitAttempts } from './limit-attempts.js';
import type { Person } from './person.js';
import type { Picture } from './picture.js';
import { CaseStore } from './ports.js';
import { decideBy, timeLimits } from './time-limits.js';

/** A request that nothing is wrong with. */
export interface Submission {
  readonly operatorId: string;
  readonly person: Person;
  readonly picture: Picture;
  readonly burst?: Burst;
  readonly sessionId?: string;
  readonly receivedAt: Date;
}

/** A stored case, and the wait for its decision. It holds nothing of the upload. */
export interface Accepted {
  readonly opened: VerificationCase;
  readonly waiting: Waiting;
}

/** What waits for liveness outside the database: the captures, and the words that announce them. */
interface Parcel {
  readonly captures: Readonly<{ image: Uint8Array; burst?: Uint8Array }>;
  readonly described: Pick<PayloadOf<typeof VerificationSubmittedV1>, 'image' | 'burst'>;
  readonly answered?: IssuedChallenge;
}

@Injectable()
export class SubmitVerification {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(CaptureStore) private readonly captures: CaptureStore,
    @Inject(AnswerChallenge) private readonly challenges: AnswerChallenge,
    @Inject(LimitAttempts) private readonly attempts: LimitAttempts,
    @Inject(PersonKeys) private readonly keys: PersonKeys<'identity'>,
    @Inject(Pseudonymiser) private readonly pseudonymiser: Pseudonymiser,
    @Inject(DecisionWaiters) private readonly waiters: DecisionWaiters,
    @Inject(CasesUnderWay) private readonly underWay: CasesUnderWay,
    @Inject(SERVICE_CONFIG) private readonly config: CaptureIntakeConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** Stores the case. With `waitMs`, what comes of it can be awaited. */
  async accept(
    submission: Submission,
    waitMs: number,
    beforeCommit: BeforeCommit<VerificationCase> = keepNothing,
  ): Promise<Accepted> {
    const { person, operatorId, sessionId } = submission;
    const subjectRef = this.pseudonymiser.subjectRef(person.nik);
    await this.attempts.precheck({ subjectRef, operatorId, ...(sessionId && { sessionId }) });
    // Before the picture: without a key nothing could be kept of the request, and work on it would be of no use.
    const { identity } = await this.keys.of(subjectRef);
    const opened = this.open(submission, subjectRef, identity);
    const parcel = await this.pack(submission);
    const { caseId } = opened.admission;
    const waiting = this.waiters.expect(caseId, waitMs);
    this.underWay.opened(caseId);
    try {
      await this.store(opened, parcel, beforeCommit);
    } catch (error) {
      waiting.cancel();
      this.underWay.dropped(caseId);
      throw error;
    }
    return { opened, waiting };
  }

  /** The case as it stands when it is decided or the wait is over. */
  async outcome({ opened, waiting }: Accepted): Promise<VerificationCase> {
    if (waiting.isOver) return opened;
    await waiting.over;
    const { caseId, operatorId } = opened.admission;
    return (await this.cases.find(caseId, operatorId)) ?? opened;
  }

  private open(submission: Submission, subjectRef: string, key: PersonKey): VerificationCase {
    const { operatorId, person, sessionId, receivedAt } = submission;
    const now = this.clock.now();
    const caseId = uuidV7(now);
    const admission: Admission = {
      caseId,
      captureId: uuidV7(now),
      operatorId,
      subjectRef,
      sealedNik: sealText(key, person.nik, caseId),
      sealedMsisdn: sealText(key, person.msisdn, caseId),
      consent: person.consent,
      ...(sessionId && { sessionId }),
      receivedAt,
      decideBy: decideBy(receivedAt, this.config),
    };
    return openCase(admission, timeLimits(this.config));
  }

  private async pack({ operatorId, picture, burst }: Submission): Promise<Parcel> {
    const { bytes, mediaType } = picture;
    const image = { mediaType, ...fingerprintOf(bytes) };
    if (!burst) return { captures: { image: bytes }, described: { image } };
    const packed = packParts(burst.frames);
    const frames = { frameCount: burst.frames.length, ...fingerprintOf(packed) };
    const captures = { image: bytes, burst: packed };
    if (!burst.answer) return { captures, described: { image, burst: frames } };
    const answered = await this.challenges.admit(burst.answer, operatorId);
    const answers = describeAnswer(burst.answer, answered);
    return { captures, described: { image, burst: { ...frames, answers } }, answered };
  }

  /** The captures first: an announced case whose picture is not there yet would ask for a retake. */
  private async store(
    opened: VerificationCase,
    parcel: Parcel,
    beforeCommit: BeforeCommit<VerificationCase>,
  ): Promise<void> {
    const { captureId } = opened.admission;
    const { image, burst } = parcel.captures;
    try {
      await this.captures.put(captureId, 'image', image);
      if (burst) await this.captures.put(captureId, 'burst', burst);
      await this.unitOfWork.run(async (tx) => {
        await this.announce(tx, opened, parcel);
        await beforeCommit(tx, opened);
      });
    } catch (error) {
      await this.discard(captureId);
      throw error;
    }
  }

  private async announce(tx: Transaction, opened: VerificationCase, parcel: Parcel): Promise<void> {
    const { caseId, captureId, operatorId, subjectRef, sealedNik, consent, decideBy } = opened.admission;
    const terms = { operatorId, document: 'nik', decideBy: decideBy.toISOString() } as const;
    await this.attempts.admit(tx, opened.admission);
    await this.cases.insert(tx, opened);
    if (parcel.answered) await this.challenges.use(tx, parcel.answered, caseId);
    tx.emit(
      VerificationSubmittedV1,
      { caseId, captureId, ...terms, subjectRef, sealedNik, consent, ...parcel.described },
      { correlationId: caseId },
    );
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

function fingerprintOf(bytes: Uint8Array): { byteLength: number; sha256: string } {
  return { byteLength: bytes.length, sha256: hash('sha256', bytes, 'hex') };
}

function describeAnswer({ frameTimes }: Answer, answered: IssuedChallenge) {
  const { challengeId, nonce, movements, colours, issuedAt, expiresAt } = answered;
  return {
    challengeId,
    nonce,
    movements: [...movements],
    colours: [...colours],
    frameTimes: [...frameTimes],
    lifetimeMs: expiresAt.getTime() - issuedAt.getTime(),
  };
}
