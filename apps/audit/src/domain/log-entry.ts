/** What the log keeps of an event: enough to say later exactly what was published. */
export interface LoggedEvent {
  readonly messageId: string;
  readonly subject: string;
  /** As the publisher wrote it. */
  readonly occurredAt: string;
  /** As received, byte for byte. */
  readonly payload: Uint8Array;
}

const FORMAT = 'absah-log-entry/v1';
const encoder = new TextEncoder();

/**
 * The bytes that are hashed: format, message id, subject and time, each ended by a line feed, and
 * then the payload. Neither a subject nor a header can hold a line feed, so two different events
 * never have the same bytes; anybody can make them again with `printf` and `sha256sum`.
 */
export function entryBytes(event: LoggedEvent): Uint8Array {
  const head = encoder.encode([FORMAT, event.messageId, event.subject, event.occurredAt, ''].join('\n'));
  const bytes = new Uint8Array(head.length + event.payload.length);
  bytes.set(head);
  bytes.set(event.payload, head.length);
  return bytes;
}
