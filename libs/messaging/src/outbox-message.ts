import type { EventContract, PayloadOf } from '@absah/contracts';
import { ServiceError, uuidV7 } from '@absah/domain-kit';
import { currentTraceparent } from '@absah/telemetry';
import { currentDelivery } from './delivery-context.js';
import { extendTimeline, type Envelope } from './envelope.js';

/** An event as it is stored and sent. */
export interface OutboxMessage {
  readonly subject: string;
  /** JSON text: stringified once, stored and published as the same bytes. */
  readonly payload: string;
  readonly envelope: Envelope;
}

/** Throws an `internal` ServiceError when the payload is not what the contract says: nothing is half-written. */
export function makeOutboxMessage<C extends EventContract>(
  contract: C,
  payload: PayloadOf<C>,
  options: { readonly correlationId?: string; readonly now?: Date } = {},
): OutboxMessage {
  const parsed = contract.payload.safeParse(payload);
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
    throw new ServiceError(
      'internal',
      'MESSAGING.PAYLOAD_BREAKS_CONTRACT',
      `payload breaks ${contract.name}`,
      {
        details: { contract: contract.name, paths },
      },
    );
  }
  const now = options.now ?? new Date();
  const cause = currentDelivery();
  const messageId = uuidV7(now);
  const traceparent = currentTraceparent() ?? cause?.envelope.traceparent;
  const point = { name: contract.name, at: now.getTime() };
  return {
    subject: contract.subject,
    payload: JSON.stringify(parsed.data),
    envelope: {
      messageId,
      correlationId: options.correlationId ?? cause?.envelope.correlationId ?? messageId,
      ...(cause && { causationId: cause.messageId }),
      ...(traceparent && { traceparent }),
      occurredAt: now.toISOString(),
      timeline: extendTimeline(cause?.envelope.timeline ?? [], point),
    },
  };
}
