import type { Transaction } from '@absah/messaging';

/** An answer as it was given, and is given again. */
export interface KeptReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a use case does with its result inside the transaction that has the effect. */
export type BeforeCommit<Result> = (tx: Transaction, result: Result) => Promise<void>;

export const keepNothing: BeforeCommit<unknown> = () => Promise.resolve();

/** A request that its operator may send again, known by digests alone: neither key nor body can be read from them. */
export interface KeyedRequest {
  /** Operator, method, path and key together. */
  readonly scope: Uint8Array;
  /** Of the content, salted with the key. */
  readonly fingerprint: Uint8Array;
}

/** The right of one attempt to have the effect. Whoever takes it over makes this one worthless. */
export interface HeldKey extends KeyedRequest {
  readonly token: string;
}

export type KeyState =
  | { readonly kind: 'held'; readonly held: HeldKey }
  | { readonly kind: 'answered'; readonly reply: KeptReply }
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'other-content' };

/**
 * The keys of requests. A key is held by one attempt at a time, for as long as its lease. The reply is
 * stored in the transaction that has the effect, so that after a crash there are both or neither:
 * with a reply the next attempt is given it, without one it starts anew.
 */
export abstract class IdempotencyStore {
  /** Takes the key when nobody has it, or whoever had it left no effect before the lease ended. */
  abstract claim(request: KeyedRequest): Promise<KeyState>;
  /** Throws when the key was taken over meanwhile, so that this attempt has no effect. */
  abstract keep(tx: Transaction, held: HeldKey, reply: KeptReply, isFinal: boolean): Promise<void>;
  /** Replaces what was kept before the wait for a decision. Returns the reply that stands. */
  abstract settle(held: HeldKey, reply: KeptReply): Promise<KeptReply>;
  /** Ends the lease: nothing happened, or only the answer is missing. */
  abstract release(held: HeldKey): Promise<void>;
  /** Up to `limit` keys whose time is over. Returns how many. */
  abstract forget(limit: number): Promise<number>;
}
