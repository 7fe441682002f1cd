import { setTimeout as sleep } from 'node:timers/promises';
import { ANSWER_CODES, FACE_VERIFICATION_PATH, type AnswerCodeId } from '@absah/registry-protocol';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Body, Controller, Headers, Inject, Post, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { VerifyFace } from '../application/verify-face.js';
import type { DukcapilSandboxConfig } from '../config.js';
import { BUSY_RETRY_SECONDS } from './busy.js';
import { ClosedNetworkGuard } from './closed-network.guard.js';
import { Credentials } from './credentials.js';
import { HeldRequests } from './held-requests.js';
import { SufferFaultInterceptor } from './suffer-fault.interceptor.js';

/** IKD as Absah defines it: registry answers in the registry's own form, never as problem details. */
@Controller()
@UseGuards(ClosedNetworkGuard)
@UseInterceptors(SufferFaultInterceptor)
export class IkdController {
  constructor(
    @Inject(VerifyFace) private readonly verifyFace: VerifyFace,
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(HeldRequests) private readonly held: HeldRequests,
    @Inject(SERVICE_CONFIG) private readonly config: DukcapilSandboxConfig,
  ) {}

  @Post(FACE_VERIFICATION_PATH)
  async verify(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const caller = this.credentials.ofGateway(authorization);
    if (caller !== 'right') return answerCode(reply, caller === 'absent' ? '09' : '03');
    if (this.config.LATENCY_MS > 0) await sleep(this.config.LATENCY_MS);
    const outcome = await this.verifyFace.execute(body);
    switch (outcome.kind) {
      case 'answer':
        reply.status(outcome.httpStatus);
        if (outcome.httpStatus === 503) reply.header('retry-after', BUSY_RETRY_SECONDS);
        return outcome.body;
      case 'keep-waiting':
        await this.held.hold();
        return answerCode(reply, '5000');
      case 'hang-up':
        reply.raw.destroy();
        return answerCode(reply, '5000');
    }
  }
}

function answerCode(reply: FastifyReply, responseCode: AnswerCodeId): unknown {
  const { httpStatus, respon } = ANSWER_CODES[responseCode];
  reply.status(httpStatus);
  return { responseCode, respon };
}
