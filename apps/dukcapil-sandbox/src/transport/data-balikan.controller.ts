import {
  institutionCode,
  PARAMETERS_PATH,
  PHONE_PARAMETER,
  STORE_ANSWERS,
  STORE_PATH,
} from '@absah/registry-protocol';
import {
  Body,
  Controller,
  Get,
  Headers,
  Inject,
  Post,
  Query,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReceiveFeedback } from '../application/receive-feedback.js';
import { ClosedNetworkGuard } from './closed-network.guard.js';
import { Credentials } from './credentials.js';
import { SufferFaultInterceptor } from './suffer-fault.interceptor.js';

/** Data balikan: feedback data that institutions owe the registry (B1). */
@Controller()
@UseGuards(ClosedNetworkGuard)
@UseInterceptors(SufferFaultInterceptor)
export class DataBalikanController {
  constructor(
    @Inject(ReceiveFeedback) private readonly receiveFeedback: ReceiveFeedback,
    @Inject(Credentials) private readonly credentials: Credentials,
  ) {}

  @Get(PARAMETERS_PATH)
  parameters(
    @Headers('authorization') authorization: string | undefined,
    @Query('id_lembaga') institution: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): unknown {
    if (!this.credentials.isInstitution(authorization)) return unauthorised(reply);
    const code = institutionCode.safeParse(institution);
    if (code.success) return { id_lembaga: code.data, param: [PHONE_PARAMETER] };
    const { httpStatus, message } = STORE_ANSWERS['institution-unknown'];
    reply.status(httpStatus);
    return { message };
  }

  @Post(STORE_PATH)
  async store(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    if (!this.credentials.isInstitution(authorization)) return unauthorised(reply);
    const { httpStatus, message } = STORE_ANSWERS[await this.receiveFeedback.execute(body)];
    reply.status(httpStatus);
    return { message };
  }
}

function unauthorised(reply: FastifyReply): { readonly message: string } {
  reply.status(401);
  return { message: 'Unauthorized' };
}
