import type { Transaction } from '@absah/messaging';

/** A value under a key-encryption key (KEK). */
export interface Wrapped {
  /** Which KEK, by the name under which the provider will know it again. */
  readonly kekId: string;
  readonly bytes: Uint8Array;
}

/** The key-encryption keys as the provider has them now: to be checked before they come into force. */
export interface KekCandidate {
  readonly activeKekId: string;
  wrap(plain: readonly Uint8Array[]): Promise<readonly Wrapped[]>;
  /** Plain values of the caller's own: he wipes them. */
  unwrap(wrapped: readonly Wrapped[]): Promise<readonly (Uint8Array | Refusal)[]>;
  /** From now on these are in force. */
  adopt(): void;
}

/** Why one value does not open; the others of its call may. */
export type Refusal = 'kek-unknown' | 'kek-wrong';

/**
 * Holder of the key-encryption keys. Batches, because a provider may be across a network. An abstract class, so that
 * it is its own injection token.
 *
 * Every method throws ServiceError `unavailable` when the provider does not answer now.
 */
export abstract class KekProvider {
  /** Looks what KEKs there are by now, and which one is active; those before stay in force until they are adopted. */
  abstract look(): Promise<KekCandidate>;
  /** The KEK that new keys are wrapped under. */
  abstract activeKekId(): Promise<string>;
  abstract wrap(plain: readonly Uint8Array[]): Promise<readonly Wrapped[]>;
  /** Plain values of the caller's own: he wipes them. */
  abstract unwrap(wrapped: readonly Wrapped[]): Promise<readonly (Uint8Array | Refusal)[]>;
  /** Under the active KEK. */
  abstract rewrap(wrapped: readonly Wrapped[]): Promise<readonly (Wrapped | Refusal)[]>;
}

/** A person's key as it rests. */
export interface StoredKey {
  readonly keyId: string;
  readonly subjectRef: string;
  readonly wrapped: Wrapped;
}

export abstract class PersonKeyStore {
  /** The living keys of these subjects. */
  abstract ofSubjects(subjectRefs: readonly string[]): Promise<readonly StoredKey[]>;
  /** The living ones of these keys. */
  abstract byIds(keyIds: readonly string[]): Promise<readonly StoredKey[]>;
  /** The destroyed ones of these keys. */
  abstract destroyedOf(keyIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Returns the ids of those that count. Where the subject has a living key by now, another replica was faster. */
  abstract add(keys: readonly StoredKey[]): Promise<ReadonlySet<string>>;
  /** Living keys under this KEK, by key id. */
  abstract underKek(kekId: string, after: string | undefined, limit: number): Promise<readonly StoredKey[]>;
  /** Each only while it is wrapped as in `from`: what happened to it meanwhile counts. Returns how many. */
  abstract replaceWrapped(changes: readonly WrappedAnew[]): Promise<number>;
  abstract count(): Promise<KeyCounts>;
  /** The wrapped secret of the subject's living key is overwritten by nothing; undefined when there is none. */
  abstract destroy(tx: Transaction, subjectRef: string): Promise<DestroyedKey | undefined>;
}

export interface DestroyedKey {
  readonly keyId: string;
  readonly destroyedAt: Date;
}

export interface WrappedAnew {
  readonly from: StoredKey;
  readonly to: Wrapped;
}

export interface KeyCounts {
  readonly byKek: readonly { readonly kekId: string; readonly keyCount: number }[];
  readonly destroyedCount: number;
}

/** A known text under each KEK, by which a lost or exchanged one is noticed before anybody needs it. */
export interface KekCheck {
  readonly sealed: Wrapped;
  /** Living keys of persons depend on this KEK. */
  readonly inUse: boolean;
}

export abstract class KekChecks {
  abstract all(): Promise<readonly KekCheck[]>;
  /** The first one counts. */
  abstract add(sealed: Wrapped): Promise<void>;
}
