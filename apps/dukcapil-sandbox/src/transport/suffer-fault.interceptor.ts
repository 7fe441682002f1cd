import { setTimeout as sleep } from 'node:timers/promises';
import { ANSWER_CODES } from '@absah/registry-protocol';
import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { of, type Observable } from 'rxjs';
import { RegistryFault } from '../application/registry-fault.js';
import { BUSY_RETRY_SECONDS } from './busy.js';

/** On everything that the registry serves, and on nothing that scripts it. */
@Injectable()
export class SufferFaultInterceptor implements NestInterceptor {
  constructor(@Inject(RegistryFault) private readonly registryFault: RegistryFault) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const fault = this.registryFault.current?.fault;
    switch (fault?.kind) {
      case undefined:
        return next.handle();
      case 'busy':
        return busy(reply);
      case 'refuse':
        return hangUp(reply);
      case 'hang':
        await this.registryFault.over();
        break;
      case 'slow':
        await Promise.race([sleep(fault.delayMs, undefined, { ref: false }), this.registryFault.over()]);
        break;
    }
    // A caller that left gets no comparison: nobody would hear its result.
    return reply.raw.destroyed ? hangUp(reply) : next.handle();
  }
}

function busy(reply: FastifyReply): Observable<unknown> {
  const { httpStatus, respon } = ANSWER_CODES['5000'];
  reply.status(httpStatus).header('retry-after', BUSY_RETRY_SECONDS);
  // `message` is where data balikan's answers say what is the matter.
  return of({ responseCode: '5000', respon, message: respon });
}

/** What is answered afterwards goes nowhere. */
function hangUp(reply: FastifyReply): Observable<unknown> {
  reply.raw.destroy();
  return busy(reply);
}
