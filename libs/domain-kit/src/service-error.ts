/**
 * The six kinds that an edge knows how to answer (HTTP status, or ack, nak and dead letter).
 * Expected outcomes are values, not errors.
 */
export type ErrorKind = 'invalid' | 'denied' | 'missing' | 'conflict' | 'unavailable' | 'internal';

export interface ServiceErrorOptions {
  /** Facts that are safe to show to anyone: never a NIK, a name, a path. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** What the caller can do now, as one sentence. */
  readonly nextStep?: string;
  /** Seconds after which a retry makes sense. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** Compare `code` across processes, never `instanceof`. */
export class ServiceError extends Error {
  readonly details: Readonly<Record<string, unknown>>;
  readonly nextStep: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly kind: ErrorKind,
    /** Stable, `SERVICE.WHAT_HAPPENED`; clients switch on it. */
    readonly code: string,
    message: string,
    options: ServiceErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'ServiceError';
    this.details = options.details ?? {};
    this.nextStep = options.nextStep;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
