type ValueKind = 'text' | 'texts' | 'number';

interface FieldRule {
  /** The name on the line: OpenTelemetry's semantic conventions first, then the prefix `absah`. */
  readonly attribute: string;
  readonly kind: ValueKind;
}

/**
 * Everything that a log line may say besides its message. A field is added here, in review, or not
 * at all. No NIK, MSISDN, name, image or template ever: log their ids (A3).
 */
const LOG_FIELDS = {
  caseId: { attribute: 'absah.case.id', kind: 'text' },
  captureId: { attribute: 'absah.capture.id', kind: 'text' },
  templateId: { attribute: 'absah.template.id', kind: 'text' },
  reservationId: { attribute: 'absah.reservation.id', kind: 'text' },
  recordId: { attribute: 'absah.record.id', kind: 'text' },
  transactionId: { attribute: 'absah.transaction.id', kind: 'text' },
  correlationId: { attribute: 'absah.correlation.id', kind: 'text' },
  operatorId: { attribute: 'absah.operator.id', kind: 'text' },
  subjectRef: { attribute: 'absah.subject.ref', kind: 'text' },
  decision: { attribute: 'absah.decision', kind: 'text' },
  status: { attribute: 'absah.status', kind: 'text' },
  reason: { attribute: 'absah.reason', kind: 'text' },
  reasons: { attribute: 'absah.reasons', kind: 'texts' },
  code: { attribute: 'absah.code', kind: 'text' },
  registryCode: { attribute: 'absah.registry.code', kind: 'text' },
  modelChain: { attribute: 'absah.model.chain', kind: 'text' },
  mediaType: { attribute: 'absah.media_type', kind: 'text' },
  component: { attribute: 'absah.component', kind: 'text' },
  migrations: { attribute: 'absah.migrations', kind: 'texts' },
  count: { attribute: 'absah.count', kind: 'number' },
  attempt: { attribute: 'absah.attempt', kind: 'number' },
  remaining: { attribute: 'absah.remaining', kind: 'number' },
  position: { attribute: 'absah.log.position', kind: 'number' },
  byteLength: { attribute: 'absah.byte_length', kind: 'number' },
  durationMs: { attribute: 'absah.duration_ms', kind: 'number' },
  delayMs: { attribute: 'absah.delay_ms', kind: 'number' },
  retryAt: { attribute: 'absah.retry_at', kind: 'text' },
  messageId: { attribute: 'messaging.message.id', kind: 'text' },
  subject: { attribute: 'messaging.destination.name', kind: 'text' },
  consumer: { attribute: 'messaging.consumer.group.name', kind: 'text' },
  method: { attribute: 'http.request.method', kind: 'text' },
  route: { attribute: 'http.route', kind: 'text' },
  httpStatus: { attribute: 'http.response.status_code', kind: 'number' },
  host: { attribute: 'server.address', kind: 'text' },
  port: { attribute: 'server.port', kind: 'number' },
  signal: { attribute: 'absah.signal', kind: 'text' },
} as const satisfies Record<string, FieldRule>;

interface ValueOfKind {
  readonly text: string;
  readonly texts: readonly string[];
  readonly number: number;
}

type Rules = typeof LOG_FIELDS;

export type LogFields = {
  readonly [Name in keyof Rules]?: ValueOfKind[Rules[Name]['kind']] | undefined;
} & {
  /** Whatever was caught. Code, kind and masked message of its chain are written, its stack by `error` only. */
  readonly error?: unknown;
};

export function ruleOf(name: string): FieldRule | undefined {
  return Object.hasOwn(LOG_FIELDS, name) ? LOG_FIELDS[name as keyof Rules] : undefined;
}
