import { ServiceError } from '@absah/domain-kit';

/** The stored key opens under no key-encryption key at hand, or holds another person's. */
export function keyUnreadable(keyId: string): ServiceError {
  return new ServiceError('internal', 'PRIVACY.KEY_UNREADABLE', 'the wrapped key of a person does not open', {
    details: { keyId },
    nextStep: 'Restore the row of person_keys, or the key-encryption key that it names, from a copy.',
  });
}

/** There is nothing to do: whatever it wraps is wrapped under the active key already. */
export function kekActive(kekId: string): ServiceError {
  return new ServiceError('conflict', 'PRIVACY.KEK_ACTIVE', `${kekId} is the active key-encryption key`, {
    nextStep: 'Make another key active first; the README of privacy says how.',
  });
}

/** A key-encryption key of this name is there, and is another one than before. */
export function kekWrong(kekId: string): ServiceError {
  return new ServiceError(
    'internal',
    'PRIVACY.KEK_WRONG',
    `the key-encryption key ${kekId} is not the one that this database was sealed with`,
    {
      nextStep:
        'Restore the right key under this id, or connect the service to the database that belongs to this key.',
    },
  );
}

/** Keys of persons need it, and the provider does not have it (any more). */
export function kekLost(kekId: string): ServiceError {
  return new ServiceError(
    'internal',
    'PRIVACY.KEK_LOST',
    `the key-encryption key ${kekId} is gone, and keys of persons are wrapped under it`,
    { nextStep: 'Restore it from a copy; a key may go once `absah keys status` counts none under it.' },
  );
}

const WHEN_VAULT_IS_BACK = 'Nothing is lost: what waits goes on when Vault answers.';

export function vaultSealed(): ServiceError {
  return new ServiceError('unavailable', 'PRIVACY.VAULT_SEALED', 'Vault is sealed', {
    nextStep: `Unseal it. ${WHEN_VAULT_IS_BACK}`,
    retryAfterSeconds: 5,
  });
}

export function vaultUnreachable(cause?: unknown): ServiceError {
  return new ServiceError('unavailable', 'PRIVACY.VAULT_UNREACHABLE', 'Vault does not answer', {
    nextStep: 'Look at VAULT_URL, at VAULT_CA_FILE, at the network and at Vault itself.',
    retryAfterSeconds: 1,
    cause,
  });
}

export function vaultDenied(): ServiceError {
  return new ServiceError('internal', 'PRIVACY.VAULT_DENIED', 'Vault does not accept our token', {
    nextStep: 'Renew the token in VAULT_TOKEN_FILE; its policy needs the four paths that the README lists.',
  });
}

export function vaultKeyMissing(key: string): ServiceError {
  return new ServiceError('internal', 'PRIVACY.VAULT_KEY_MISSING', `Vault has no transit key ${key}`, {
    nextStep: 'Look at VAULT_TRANSIT_MOUNT and VAULT_TRANSIT_KEY, or create the key as the README says.',
  });
}

/** What answers is not Vault, or one that we do not know. */
export function vaultAnswerInvalid(): ServiceError {
  return new ServiceError(
    'internal',
    'PRIVACY.VAULT_ANSWER_INVALID',
    'Vault answered something else than asked',
    {
      nextStep: 'Compare VAULT_URL with the address of Vault, and its version with the README.',
    },
  );
}

export function kekFileUnreadable(problem: string, cause?: unknown): ServiceError {
  return new ServiceError(
    'internal',
    'PRIVACY.KEK_FILE_UNREADABLE',
    `the file of key-encryption keys cannot be used: ${problem}`,
    { nextStep: 'Correct the file named by KEK_FILE, or restore it from a copy.', cause },
  );
}
