import type { EventContract, QueryContract } from '@absah/contracts';
import { applyDecorators, Catch, UseFilters, type RpcExceptionFilter } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';
import {
  DEFAULT_BATCH,
  DEFAULT_SUBSCRIPTION,
  type BatchOptions,
  type SubscriptionOptions,
} from './subscription-options.js';

/** How a handler asks the transport for messages: what the decorators leave for the strategy to read. */
export type HandlerExtras =
  | { readonly kind: 'event'; readonly contract: EventContract; readonly options: SubscriptionOptions }
  | { readonly kind: 'everything'; readonly options: BatchOptions }
  | { readonly kind: 'unrecorded' }
  | { readonly kind: 'query'; readonly contract: QueryContract };

/** Pattern of the one handler that hears every event. */
const EVERYTHING = 'evt.>';
const UNRECORDED = 'unrecorded';

/**
 * Nest's default filter turns every error into "Internal server error", and the transport could no
 * longer tell poison from an outage.
 */
@Catch()
class RethrowFilter implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}

/** Handles an event: `(@Payload() payload, @Ctx() delivery)`. */
export function Consume(
  contract: EventContract,
  options: Partial<SubscriptionOptions> = {},
): MethodDecorator {
  const extras: HandlerExtras = { kind: 'event', contract, options: { ...DEFAULT_SUBSCRIPTION, ...options } };
  return applyDecorators(
    EventPattern(contract.subject, extras) as MethodDecorator,
    UseFilters(RethrowFilter),
  );
}

/** Handles every event in batches: `(@Payload() batch: readonly RecordedEvent[])`. */
export function ConsumeEverything(options: Partial<BatchOptions> = {}): MethodDecorator {
  const extras: HandlerExtras = { kind: 'everything', options: { ...DEFAULT_BATCH, ...options } };
  return applyDecorators(EventPattern(EVERYTHING, extras) as MethodDecorator, UseFilters(RethrowFilter));
}

/**
 * Beside `ConsumeEverything`, since its handler keeps a record of its own: which of these messages does
 * the record lack? `(@Payload() messageIds: readonly string[])` returns them.
 */
export function TellUnrecorded(): MethodDecorator {
  const extras: HandlerExtras = { kind: 'unrecorded' };
  return applyDecorators(MessagePattern(UNRECORDED, extras), UseFilters(RethrowFilter));
}

/** Answers a query: `(@Payload() request)` and returns the reply. */
export function Answer(contract: QueryContract): MethodDecorator {
  const extras: HandlerExtras = { kind: 'query', contract };
  return applyDecorators(MessagePattern(contract.subject, extras), UseFilters(RethrowFilter));
}
