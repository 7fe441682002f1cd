import { headers, type MsgHdrs } from '@nats-io/nats-core';
import { z } from 'zod';
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

/** Our own are UUIDs. What somebody else made up must at least fit every table that remembers it. */
const IDENTITY = /^[\x21-\x7e]{1,128}$/;
const LONGEST_TIME = 40;
const time = z.iso.datetime().max(LONGEST_TIME);

/** Undefined when the message was not made by a relay of ours: it has no identity to remember it by. */
export function fromHeaders(received: MsgHdrs | undefined): Envelope | undefined {
  const messageId = received && identity(received, HEADER.messageId);
  const occurredAt = time.safeParse(received?.get(HEADER.occurredAt)).data;
  if (!received || !messageId || !occurredAt) return undefined;
  const causationId = identity(received, HEADER.causationId);
  const traceparent = identity(received, HEADER.traceparent);
  return {
    messageId,
    correlationId: identity(received, HEADER.correlationId) ?? messageId,
    occurredAt,
    timeline: parseTimeline(received.get(HEADER.timeline)),
    ...(causationId && { causationId }),
    ...(traceparent && { traceparent }),
  };
}

function identity(received: MsgHdrs, name: string): string | undefined {
  const value = received.get(name);
  return IDENTITY.test(value) ? value : undefined;
}
