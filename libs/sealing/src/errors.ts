import { ServiceError } from '@absah/domain-kit';

/** The bytes were altered, cut short, or sealed for another context. Trying again cannot help. */
export class SealBrokenError extends ServiceError {
  constructor(cause?: unknown) {
    super('invalid', 'SEALING.BROKEN', 'a sealed value is not what was sealed for this context', { cause });
  }
}

/** Another key sealed it: a rotated or misplaced secret, to be put right by whoever runs the service. */
export class UnknownKeyError extends ServiceError {
  constructor() {
    super(
      'internal',
      'SEALING.UNKNOWN_KEY',
      'a sealed value belongs to a key that this service does not hold',
    );
  }
}

export function unusableKey(requirement: string): ServiceError {
  return new ServiceError('internal', 'SEALING.UNUSABLE_KEY', `a key must be ${requirement}`);
}
