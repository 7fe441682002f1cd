import { ServiceError } from '@absah/domain-kit';

/** Captures normally leave within a second or two. */
const FULL_RETRY_SECONDS = 2;
const UNREACHABLE_RETRY_SECONDS = 1;

export function capturesFull(cause?: unknown): ServiceError {
  return new ServiceError('unavailable', 'CAPTURES.FULL', 'too many captures are waiting', {
    cause,
    retryAfterSeconds: FULL_RETRY_SECONDS,
    nextStep: 'Send the picture again in a moment.',
  });
}

export function capturesUnreachable(cause: unknown): ServiceError {
  return new ServiceError('unavailable', 'CAPTURES.UNREACHABLE', 'the capture store does not answer', {
    cause,
    retryAfterSeconds: UNREACHABLE_RETRY_SECONDS,
  });
}

export function captureTooLarge(maxBytes: number): ServiceError {
  return new ServiceError('invalid', 'CAPTURES.TOO_LARGE', 'the capture is larger than the broker carries', {
    details: { maxBytes },
  });
}

export function captureStreamUnsafe(problems: readonly string[]): ServiceError {
  return new ServiceError(
    'internal',
    'CAPTURES.STREAM_UNSAFE',
    'the stream would keep captures longer than allowed',
    {
      details: { problems },
      nextStep: 'Delete the stream CAPTURES; it is created again at the next start.',
    },
  );
}
