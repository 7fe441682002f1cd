import { HEADER } from '@absah/messaging';

/** What every event carries beside its payload. */
export function envelopeHeaders() {
  const id = { type: 'string', format: 'uuid' } as const;
  return {
    type: 'object',
    required: [HEADER.messageId, HEADER.correlationId, HEADER.occurredAt, HEADER.timeline],
    properties: {
      [HEADER.messageId]: { ...id, description: 'Id of the outbox row; a repetition has the same' },
      [HEADER.correlationId]: { type: 'string', description: 'The same for everything that one case causes' },
      [HEADER.causationId]: { ...id, description: 'Message whose handling emitted this one' },
      [HEADER.traceparent]: { type: 'string', description: 'W3C trace context' },
      [HEADER.occurredAt]: { type: 'string', format: 'date-time', description: 'When the fact was recorded' },
      [HEADER.timeline]: {
        type: 'string',
        description: 'Name=epochMs;… of the causal chain, this message last',
      },
    },
  };
}
