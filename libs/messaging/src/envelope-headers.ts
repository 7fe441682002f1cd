import { headers, type MsgHdrs } from '@nats-io/nats-core';
import { HEADER, formatTimeline, parseTimeline, type Envelope } from './envelope.js';

export function toHeaders(envelope: Envelope): MsgHdrs {
  const result = headers();
  result.set(HEADER.messageId, envelope.messageId);
  result.set(HEADER.correlationId, envelope.correlationId);
  if (envelope.causationId) result.set(HEADER.causationId, envelope.causationId);
  if (envelope.traceparent) result.set(HEADER.traceparent, envelope.traceparent);
  result.set(HEADER.occurredAt, envelope.occurredAt);
  result.set(HEADER.timeline, formatTimeline(envelope.timeline));
  return result;
}

/** Undefined when the message was not made by a relay of ours: it has no identity to remember it by. */
export function fromHeaders(received: MsgHdrs | undefined): Envelope | undefined {
  const messageId = received?.get(HEADER.messageId);
  const occurredAt = received?.get(HEADER.occurredAt);
  if (!received || !messageId || !occurredAt) return undefined;
  const causationId = received.get(HEADER.causationId);
  const traceparent = received.get(HEADER.traceparent);
  return {
    messageId,
    correlationId: received.get(HEADER.correlationId) || messageId,
    occurredAt,
    timeline: parseTimeline(received.get(HEADER.timeline)),
    ...(causationId && { causationId }),
    ...(traceparent && { traceparent }),
  };
}
