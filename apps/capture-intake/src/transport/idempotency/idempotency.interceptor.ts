import { Logger } from '@absah/telemetry';
import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { IdempotencyStore, type HeldKey } from '../../application/idempotency.js';
import { refusal } from '../../domain/errors.js';
import { operatorOf } from '../admission.js';
import { partsOf } from '../received-upload.js';
import { attachClaim, HeldClaim } from './claim.js';
import { idempotencyKeyOf, keyedRequest } from './idempotency-key.js';
import { giveReply, keptFrom } from './kept-reply.js';

/**
 * The first request with a key has the effect, every later one gets its reply. A refusal has no effect,
 * so it leaves the key free: the client may correct its request, or try again when the refusal was ours.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(IdempotencyStore) private readonly store: IdempotencyStore,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = idempotencyKeyOf(request);
    if (key === undefined) return next.handle();
    return from(this.answer(request, key, http.getResponse<FastifyReply>(), next));
  }

  private async answer(
    request: FastifyRequest,
    key: string,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const { method, url } = request;
    const path = url.split('?', 1).join();
    const operatorId = operatorOf(request);
    const state = await this.store.claim(
      keyedRequest({ key, operatorId, method, path, parts: partsOf(request) }),
    );
    if (state.kind === 'answered') return giveReply(reply, state.reply);
    if (state.kind === 'in-flight') throw refusal('INTAKE.IDEMPOTENCY_KEY_IN_FLIGHT');
    if (state.kind === 'other-content') throw refusal('INTAKE.IDEMPOTENCY_KEY_REUSED');
    return this.perform(request, state.held, reply, next);
  }

  private async perform(
    request: FastifyRequest,
    held: HeldKey,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const claim = new HeldClaim(this.store, held);
    attachClaim(request, claim);
    try {
      const body: unknown = await lastValueFrom(next.handle());
      return giveReply(reply, await claim.settle(keptFrom(reply, body)));
    } catch (error) {
      await this.giveUp(claim);
      throw error;
    }
  }

  /** Where it fails too, the lease ends by itself. */
  private async giveUp(claim: HeldClaim): Promise<void> {
    try {
      await claim.release();
    } catch (error) {
      this.logger.warn('idempotency key stays held until its lease ends', { error });
    }
  }
}
