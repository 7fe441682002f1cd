import { ServiceError, type ErrorKind } from '@absah/domain-kit';

/** What to do with a message whose handling failed. */
export type FailureVerdict =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'bury'; readonly code: string; readonly reason: string };

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 30_000;

/**
 * An outage of somebody else is not the fault of the message, nor are restarts of ours, which count as
 * deliveries, too. With the longest delays this is some minutes more.
 */
export const TRIES_OF_OTHERS = 3;

/** Trying again cannot help these: the message itself is wrong, or must not be. */
const HOPELESS: ReadonlySet<ErrorKind> = new Set(['invalid', 'denied']);

export function judgeFailure(error: unknown, deliveryCount: number, maxDeliveries: number): FailureVerdict {
  const { code, kind, reason } = describeFailure(error);
  const limit = kind === 'unavailable' ? maxDeliveries * TRIES_OF_OTHERS : maxDeliveries;
  if (HOPELESS.has(kind) || deliveryCount >= limit) return { kind: 'bury', code, reason };
  return { kind: 'retry', delayMs: Math.min(FIRST_DELAY_MS * 3 ** (deliveryCount - 1), LONGEST_DELAY_MS) };
}

/** Only a ServiceError's own words are kept: other messages may quote values, such as a failing SQL parameter. */
export function describeFailure(error: unknown): { code: string; kind: ErrorKind; reason: string } {
  if (error instanceof ServiceError) return { code: error.code, kind: error.kind, reason: error.message };
  const name = error instanceof Error ? error.name : typeof error;
  return { code: 'MESSAGING.HANDLER_FAILED', kind: 'internal', reason: `handler failed with ${name}` };
}
