/** What every message carries beside its payload, in headers. */
export interface Envelope {
  /** The outbox row's id; the broker and the inbox both recognise a repetition by it. */
  readonly messageId: string;
  /** The same for everything that one case causes. */
  readonly correlationId: string;
  /** The message whose handling emitted this one. */
  readonly causationId?: string;
  /** W3C trace context. */
  readonly traceparent?: string;
  /** When the fact was recorded, ISO 8601 in UTC. */
  readonly occurredAt: string;
  /** The causal chain so far, this message last: where a case spent its time. */
  readonly timeline: readonly TimelinePoint[];
}

export interface TimelinePoint {
  /** The contract's name. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export const HEADER = {
  messageId: 'Nats-Msg-Id',
  correlationId: 'Absah-Correlation-Id',
  causationId: 'Absah-Causation-Id',
  traceparent: 'traceparent',
  occurredAt: 'Absah-Occurred-At',
  timeline: 'Absah-Timeline',
} as const;

/** Keeps a header small whatever loops a case runs through. */
const TIMELINE_LIMIT = 32;

export function extendTimeline(
  timeline: readonly TimelinePoint[],
  point: TimelinePoint,
): readonly TimelinePoint[] {
  return [...timeline, point].slice(-TIMELINE_LIMIT);
}

/** `Name=123;Other=456` */
export function formatTimeline(timeline: readonly TimelinePoint[]): string {
  return timeline.map(({ name, at }) => `${name}=${at}`).join(';');
}

/** Points that do not parse are left out: a timeline informs, nothing depends on it. */
export function parseTimeline(text: string): readonly TimelinePoint[] {
  return text
    .split(';')
    .slice(-TIMELINE_LIMIT)
    .map((point) => /^([A-Za-z0-9]{1,100})=(\d{1,15})$/.exec(point))
    .filter((match) => match !== null)
    .map(([, name = '', at = '']) => ({ name, at: Number(at) }));
}
