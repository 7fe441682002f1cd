import type { Transaction } from '@absah/messaging';
import type { IssuedChallenge } from '../domain/liveness-challenge.js';
import type { VerificationCase } from '../domain/verification-case.js';

/** Where cases live. An abstract class, so that it is its own injection token. */
export abstract class CaseStore {
  abstract insert(tx: Transaction, opened: VerificationCase): Promise<void>;
  /** The case, and nobody else's turn on it until the transaction ends. */
  abstract lock(tx: Transaction, caseId: string): Promise<VerificationCase | undefined>;
  /**
   * Up to `limit` cases that are `processing` and were neither opened nor moved after `quietSince`, locked
   * as by `lock`; those that somebody else has a turn on are left out.
   */
  abstract lockStale(tx: Transaction, quietSince: Date, limit: number): Promise<readonly VerificationCase[]>;
  abstract saveProgress(tx: Transaction, changed: VerificationCase): Promise<void>;
  /** Only the operator that opened a case can see that it exists. */
  abstract find(caseId: string, operatorId: string): Promise<VerificationCase | undefined>;
}

export abstract class ChallengeStore {
  abstract insert(challenge: IssuedChallenge): Promise<void>;
  /** Only the operator that it was issued to can see that it exists. */
  abstract find(challengeId: string, operatorId: string): Promise<IssuedChallenge | undefined>;
  /** False when it was used before: of several transactions one succeeds. */
  abstract use(tx: Transaction, challengeId: string, caseId: string, at: Date): Promise<boolean>;
  abstract forget(expiredBefore: Date): Promise<void>;
}

export const IDENTITY_SEALER = Symbol('IdentitySealer');
