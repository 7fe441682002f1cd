import type { VerificationView } from '@absah/contracts';
import type { Clock } from '@absah/domain-kit';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActivateSim } from '../application/activate-sim.js';
import { readBurst } from '../application/burst.js';
import { CancelVerification } from '../application/cancel-verification.js';
import { DeactivateSim } from '../application/deactivate-sim.js';
import { readPerson } from '../application/person.js';
import { readPicture } from '../application/picture.js';
import { ReadVerification } from '../application/read-verification.js';
import { parseRequest } from '../application/request.js';
import { SubmitVerification } from '../application/submit-verification.js';
import type { CaptureIntakeConfig } from '../config.js';
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
import { readUpload } from './multipart-upload.js';
import { preferredWait } from './prefer-wait.js';
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @DescribesSubmission()
  async submit(
    @CallingOperator() operatorId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationView> {
    const receivedAt = this.clock.now();
    const upload = await readUpload(request, {
      imageBytes: this.config.MAX_IMAGE_BYTES,
      requestBytes: this.config.MAX_REQUEST_BYTES,
      burstBytes: this.config.MAX_BURST_BYTES,
    });
    const asked = parseRequest(upload.request);
    const person = readPerson(asked, receivedAt);
    const picture = readPicture(upload.image);
    const burst = readBurst(upload.frames, asked);
    const preferred = preferredWait(request.headers['prefer']);
    const waitSeconds = preferred ?? this.config.DEFAULT_WAIT_SECONDS;
    const { sessionId } = asked;
    const submitted = {
      operatorId,
      person,
      picture,
      receivedAt,
      ...(burst && { burst }),
      ...(sessionId && { sessionId }),
    };
    const view = toView(await this.submission.submit(submitted, waitSeconds * 1000));
    answerSubmission(reply, view, preferred);
    return view;
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
  @HttpCode(HttpStatus.OK)
  @DescribesActivation()
  async activate(
    @CallingOperator() operatorId: string,
    @Param('id', CaseIdPipe) caseId: string,
  ): Promise<VerificationView> {
    return toView(await this.activation.activate(caseId, operatorId));
  }

  @Post(':id/deactivation')
  @HttpCode(HttpStatus.OK)
  @DescribesDeactivation()
  async deactivate(
    @CallingOperator() operatorId: string,
    @Param('id', CaseIdPipe) caseId: string,
  ): Promise<VerificationView> {
    return toView(await this.deactivation.deactivate(caseId, operatorId));
  }

  @Post(':id/cancellation')
  @HttpCode(HttpStatus.OK)
  @DescribesCancellation()
  async cancel(
    @CallingOperator() operatorId: string,
    @Param('id', CaseIdPipe) caseId: string,
  ): Promise<VerificationView> {
    return toView(await this.cancellation.cancel(caseId, operatorId));
  }
}

/** 201 with the decision, or 202 with the address at which it will be. */
function answerSubmission(
  reply: FastifyReply,
  view: VerificationView,
  preferredSeconds: number | undefined,
): void {
  void reply.header('location', `/v1/verifications/${view.id}`);
  if (!isFinal(view)) {
    void reply.status(HttpStatus.ACCEPTED).header('retry-after', String(RETRY_AFTER_SECONDS));
    return;
  }
  void reply.status(HttpStatus.CREATED);
  if (preferredSeconds !== undefined) void reply.header('preference-applied', `wait=${preferredSeconds}`);
}
