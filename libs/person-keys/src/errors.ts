import { ServiceError } from '@absah/domain-kit';

/** Nothing can be sealed or opened for now; whoever waits loses nothing. */
export function keysUnavailable(cause: unknown): ServiceError {
  return new ServiceError(
    'unavailable',
    'PERSON_KEYS.UNAVAILABLE',
    'the keys of persons cannot be had right now',
    {
      nextStep: 'Send the same request again after the seconds in Retry-After.',
      retryAfterSeconds: 1,
      cause,
    },
  );
}

/** Nobody ever made it, or its wrapped form is damaged: privacy's log says which. */
export function keyMissing(): ServiceError {
  return new ServiceError('missing', 'PERSON_KEYS.MISSING', 'there is no key of this person', {
    nextStep: 'Look for the key id in the table person_keys of privacy.',
  });
}

/** On request of the person or at the end of retention: what it sealed stays unreadable. */
export function keyDestroyed(): ServiceError {
  return new ServiceError('missing', 'PERSON_KEYS.DESTROYED', 'the key of this person was destroyed', {
    nextStep: 'Nothing can be opened for this person any more; the audit log names who asked for it.',
  });
}

/** Privacy answered, and not to us. */
export function transportKeyWrong(service: string, cause: unknown): ServiceError {
  return new ServiceError(
    'internal',
    'PERSON_KEYS.TRANSPORT_KEY_WRONG',
    `TRANSPORT_KEY is not the one that privacy holds for ${service}`,
    { nextStep: 'Give both services the same key, and start them again.', cause },
  );
}

export function replyMalformed(): ServiceError {
  return new ServiceError(
    'internal',
    'PERSON_KEYS.REPLY_MALFORMED',
    'the answer does not hold what was asked for',
  );
}
