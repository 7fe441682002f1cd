import { ServiceError, type ErrorKind } from '@absah/domain-kit';
import { z } from 'zod';

/** A reply is the contract's, or an error that crosses the wire by its code. */
export const wireError = z.strictObject({
  error: z.strictObject({
    kind: z.enum(['invalid', 'denied', 'missing', 'conflict', 'unavailable', 'internal']),
    code: z.string(),
    message: z.string(),
  }),
});

export function toWireError(error: unknown): z.infer<typeof wireError> {
  if (error instanceof ServiceError) {
    return { error: { kind: error.kind, code: error.code, message: error.message } };
  }
  const kind: ErrorKind = 'internal';
  return { error: { kind, code: 'MESSAGING.ANSWER_FAILED', message: 'the answer could not be made' } };
}
