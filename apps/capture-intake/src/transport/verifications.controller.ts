import type { VerificationView } from '@absah/contracts';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Controller, Get, HttpCode, Headers, HttpStatus, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ActivateSim } from '../application/activate-sim.js';
import { readBurst } from '../application/burst.js';
import { CancelVerification } from '../application/cancel-verification.js';
import { DeactivateSim } from '../application/deactivate-sim.js';
import { readPerson } from '../application/person.js';
import { readPicture } from '../application/picture.js';
import type { BeforeCommit, KeptReply } from '../application/idempotency.js';
import { ReadVerification } from '../application/read-verification.js';
import { parseRequest } from '../application/request.js';
import { SubmitVerification, type Accepted, type Submission } from '../application/submit-verification.js';
import type { CaptureIntakeConfig } from '../config.js';
import type { VerificationCase } from '../domain/verification-case.js';
import {
  DescribesActivation,
  DescribesCancellation,
  DescribesDeactivation,
  DescribesReading,
  DescribesSubmission,
  DescribesVerifications,
} from '../openapi/describe-verifications.js';
import { CallingOperator } from './admission.js';
import { CaseIdPipe } from './case-id.pipe.js';
import { RequestClaim, type Claim } from './idempotency/claim.js';
import { Idempotent } from './idempotency/idempotent.js';
import { giveReply } from './idempotency/kept-reply.js';
import { preferredWait } from './prefer-wait.js';
import { Arrived, UploadInterceptor, type ArrivedUpload, type ReceivedUpload } from './received-upload.js';
import { isFinal, toView } from './verification-view.js';

const RETRY_AFTER_SECONDS = 1;

@Controller('v1/verifications')
@DescribesVerifications()
export class VerificationsController {
  constructor(
    @Inject(SubmitVerification) private readonly submission: SubmitVerification,
    @Inject(ReadVerification) private readonly reading: ReadVerification,
    @Inject(ActivateSim) private readonly activation: ActivateSim,
    @Inject(DeactivateSim) private readonly deactivation: DeactivateSim,
    @Inject(CancelVerification) private readonly cancellation: CancelVerification,
    @Inject(SERVICE_CONFIG) private readonly config: CaptureIntakeConfig,
  ) {}

  @Post()
  @Idempotent(UploadInterceptor)
  @DescribesSubmission()
  async submit(
    @CallingOperator() operatorId: string,
    @Arrived() arrived: ArrivedUpload,
    @RequestClaim() claim: Claim,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const preferred = preferredWait(prefer);
    const waitMs = (preferred ?? this.config.DEFAULT_WAIT_SECONDS) * 1000;
    const accepted = await this.accept(arrived.take(), operatorId, waitMs, (tx, opened) =>
      claim.keep(tx, answerTo(toView(opened), preferred), waitMs > 0 ? 'until-decided' : 'final'),
    );
    arrived.release();
    const submitted = await this.submission.outcome(accepted);
    return giveReply(reply, answerTo(toView(submitted), preferred));
  }

  @Get(':id')
  @DescribesReading()
  async read(
    @CallingOperator() operatorId: string,
    @Param('id', CaseIdPipe) caseId: string,
  ): Promise<VerificationView> {
    return toView(await this.reading.read(caseId, operatorId));
  }

  @Post(':id/activation')
  @Idempotent()
  @HttpCode(HttpStatus.OK)
  @DescribesActivation()
  async activate(
    @CallingOperator() operatorId: string,
    @Param('id', CaseIdPipe) caseId: string,
    @RequestClaim() claim: Claim,
  ): Promise<VerificationView> {
    const activated = await this.activation.activate(caseId, operatorId, (tx, outcome) =>
      claim.keep(tx, { status: HttpStatus.OK, headers: {}, body: toView(outcome) }),
    );
    return toView(activated);
  }

  @Post(':id/deactivation')
  @Idempotent()
  @HttpCode(HttpStatus.OK)
  @DescribesDeactivation()
  async deactivate(
    @CallingOperator() operatorId: string,
    @Param('id', CaseIdPipe) caseId: string,
    @RequestClaim() claim: Claim,
  ): Promise<VerificationView> {
    const deactivated = await this.deactivation.deactivate(caseId, operatorId, (tx, outcome) =>
      claim.keep(tx, { status: HttpStatus.OK, headers: {}, body: toView(outcome) }),
    );
    return toView(deactivated);
  }

  @Post(':id/cancellation')
  @Idempotent()
  @HttpCode(HttpStatus.OK)
  @DescribesCancellation()
  async cancel(
    @CallingOperator() operatorId: string,
    @Param('id', CaseIdPipe) caseId: string,
    @RequestClaim() claim: Claim,
  ): Promise<VerificationView> {
    const cancelled = await this.cancellation.cancel(caseId, operatorId, (tx, outcome) =>
      claim.keep(tx, { status: HttpStatus.OK, headers: {}, body: toView(outcome) }),
    );
    return toView(cancelled);
  }

  /** Apart, so that no frame that waits for the decision holds the pictures. */
  private accept(
    upload: ReceivedUpload,
    operatorId: string,
    waitMs: number,
    beforeCommit: BeforeCommit<VerificationCase>,
  ): Promise<Accepted> {
    return this.submission.accept(submissionOf(upload, operatorId), waitMs, beforeCommit);
  }
}

function submissionOf(upload: ReceivedUpload, operatorId: string): Submission {
  const { receivedAt } = upload;
  const asked = parseRequest(upload.request);
  const person = readPerson(asked, receivedAt);
  const picture = readPicture(upload.image);
  const burst = readBurst(upload.frames, asked);
  const { sessionId } = asked;
  return {
    operatorId,
    person,
    picture,
    receivedAt,
    ...(burst && { burst }),
    ...(sessionId && { sessionId }),
  };
}

/** 201 with the decision, or 202 with the address at which it will be. */
function answerTo(view: VerificationView, preferredSeconds: number | undefined): KeptReply {
  const location = `/v1/verifications/${view.id}`;
  if (!isFinal(view)) {
    const headers = { location, 'retry-after': String(RETRY_AFTER_SECONDS) };
    return { status: HttpStatus.ACCEPTED, headers, body: view };
  }
  const applied = preferredSeconds === undefined ? {} : { 'preference-applied': `wait=${preferredSeconds}` };
  return { status: HttpStatus.CREATED, headers: { location, ...applied }, body: view };
}
