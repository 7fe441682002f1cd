import { ServiceError } from '@absah/domain-kit';

/** Every worker is taken and the queue is full: another replica may have room. */
export function engineBusy(cause: unknown): ServiceError {
  return new ServiceError(
    'unavailable',
    'LIVENESS.ENGINE_BUSY',
    'the face engine has no room for another picture',
    {
      cause,
      retryAfterSeconds: 1,
    },
  );
}
