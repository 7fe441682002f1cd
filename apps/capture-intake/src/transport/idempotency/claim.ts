import type { Transaction } from '@absah/messaging';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { HeldKey, IdempotencyStore, KeptReply } from '../../application/idempotency.js';

/** What a handler does with the key of its request. Without a key it does nothing. */
export interface Claim {
  /** Stores the reply with the effect. One that may still become the decision is not final. */
  keep(tx: Transaction, reply: KeptReply, finality?: 'final' | 'until-decided'): Promise<void>;
}

const unkeyed: Claim = { keep: () => Promise.resolve() };

export class HeldClaim implements Claim {
  #isSettled = false;

  constructor(
    private readonly store: IdempotencyStore,
    private readonly held: HeldKey,
  ) {}

  async keep(tx: Transaction, reply: KeptReply, finality = 'final'): Promise<void> {
    await this.store.keep(tx, this.held, reply, finality === 'final');
    this.#isSettled = finality === 'final';
  }

  /** The reply that this and every later request gets. */
  async settle(given: KeptReply): Promise<KeptReply> {
    return this.#isSettled ? given : this.store.settle(this.held, given);
  }

  release(): Promise<void> {
    return this.store.release(this.held);
  }
}

const claims = new WeakMap<FastifyRequest, HeldClaim>();

export function attachClaim(request: FastifyRequest, claim: HeldClaim): void {
  claims.set(request, claim);
}

/** The key of this request, for a handler behind `@Idempotent()`. */
export const RequestClaim = createParamDecorator((_: unknown, context: ExecutionContext): Claim => {
  return claims.get(context.switchToHttp().getRequest<FastifyRequest>()) ?? unkeyed;
});
