import { ServiceError } from '@absah/domain-kit';

/** Every worker is taken and the queue is full: another replica may have room. */
export function engineBusy(cause: unknown): ServiceError {
  return new ServiceError(
    'unavailable',
    'TEMPLATE.ENGINE_BUSY',
    'the face engine has no room for another face',
    {
      cause,
      retryAfterSeconds: 1,
    },
  );
}
