import type { DocumentKind } from '@absah/contracts';
import type { Nik } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import type { ParkCause, RegistryAnswer } from '../domain/registry-answer.js';

export const IDENTITY_REGISTRY = Symbol('IdentityRegistry');

export interface IdentityQuestion {
  /** The same for every try of one case: the registry answers a repetition without comparing again. */
  readonly transactionId: string;
  readonly nik: Nik;
  /** In the clear; zeroed by the caller when the call is over. */
  readonly template: Uint8Array;
  readonly modelChain: string;
  readonly threshold: number;
}

/** One way to ask Dukcapil whether a face belongs to a NIK (G1). */
export interface IdentityRegistry {
  /** Never throws for what the registry, the network or `signal` does: that is an answer. */
  verify(question: IdentityQuestion, signal: AbortSignal): Promise<RegistryAnswer>;
}

/** What is needed to ask, and to ask again: ids and sealed values only. */
export interface IdentityCase {
  readonly caseId: string;
  readonly subjectRef: string;
  readonly templateId: string;
  readonly sealedNik: string;
  readonly modelChain: string;
  readonly operatorId: string;
  readonly document: DocumentKind;
  /** After it nobody waits for the answer any more. */
  readonly decideBy: Date;
}

/** A parked case that this replica may ask about until its lease ends. */
export interface ClaimedCase extends IdentityCase {
  readonly attempts: number;
  readonly claim: string;
}

/** One question that left for the registry (G5). */
export interface Access {
  readonly at: Date;
  readonly durationMs: number;
  readonly transactionId: string;
  /** The verdict, the registry's code, or why there was neither. */
  readonly answerCode: string;
}

export const ACCESS_LOG = Symbol('AccessLog');

export interface AccessLog {
  add(tx: Transaction, identity: IdentityCase, access: Access): Promise<void>;
}

export const PARKED_CASES = Symbol('ParkedCases');

/** Cases that wait for the registry (V9). */
export interface ParkedCases {
  /** When it will be tried again; undefined when the case is parked already. */
  park(tx: Transaction, identity: IdentityCase, cause: ParkCause, delayMs: number): Promise<Date | undefined>;
  /**
   * Takes due cases, nearest deadline first. A claim moves the next attempt behind the lease, so that
   * a replica that dies with its claims delays them and loses none.
   */
  claimDue(limit: number, leaseMs: number): Promise<readonly ClaimedCase[]>;
  /** False when the finding does not count: another replica took the case over meanwhile, or its deadline is over. */
  resolve(tx: Transaction, parked: ClaimedCase): Promise<boolean>;
  postpone(tx: Transaction, parked: ClaimedCase, cause: ParkCause, delayMs: number): Promise<void>;
  /** Forgets cases that are over, whoever has claimed them: no answer to them counts. */
  remove(caseIds: readonly string[]): Promise<void>;
  /** Unasked: due again at once, and no try the worse. */
  handBack(parked: ClaimedCase): Promise<void>;
  /** Removes cases whose deadline is over, also claimed ones: an answer to them comes too late. */
  removeOverdue(limit: number): Promise<readonly string[]>;
}

export const CASE_OWNER = Symbol('CaseOwner');

/** Who decides when a case ends. */
export interface CaseOwner {
  /** Those of the cases that have ended for ever. Throws when nobody answers within `timeoutMs`. */
  over(caseIds: readonly string[], timeoutMs: number): Promise<readonly string[]>;
}
