import type { Problem } from '@absah/contracts';
import type { Logger } from '@absah/telemetry';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toProblem } from './problem.js';

/** Asks the caller to come back: it will, and only wakes somebody if it continues. */
const BUSY = 503;

/** The one place where errors become HTTP answers (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { problem, retryAfterSeconds } = toProblem(error);
    if (problem.status === BUSY) this.logger.warn('request put off', { code: problem.code, error });
    else if (problem.status > 499) this.logger.error('request failed', { code: problem.code, error });
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    this.send(reply, problem);
  }

  private send(reply: FastifyReply, problem: Problem): void {
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
