import type { Transaction } from '@absah/messaging';
import type { Standing } from '../domain/attempts.js';
import type { CaseStatus } from '../domain/case-progress.js';
import type { IssuedChallenge } from '../domain/liveness-challenge.js';
import type { VerificationCase } from '../domain/verification-case.js';

/** Where cases live. An abstract class, so that it is its own injection token. */
export abstract class CaseStore {
  abstract insert(tx: Transaction, opened: VerificationCase): Promise<void>;
  /** The case, and nobody else's turn on it until the transaction ends. */
  abstract lock(tx: Transaction, caseId: string): Promise<VerificationCase | undefined>;
  /**
   * Up to `limit` cases whose time is over, longest ago first, locked as by `lock`; those that somebody else
   * has a turn on are left out, and so are those of `except`.
   */
  abstract lockOverdue(
    tx: Transaction,
    at: Date,
    limit: number,
    except: readonly string[],
  ): Promise<readonly VerificationCase[]>;
  abstract saveProgress(tx: Transaction, changed: VerificationCase): Promise<void>;
  /** As committed. Those that do not exist are left out. */
  abstract statusesOf(
    caseIds: readonly string[],
  ): Promise<readonly { readonly caseId: string; readonly status: CaseStatus }[]>;
  /** Only the operator that opened a case can see that it exists. */
  abstract find(caseId: string, operatorId: string): Promise<VerificationCase | undefined>;
}

/** Whose attempts are counted together (V8): a person's at every operator, and those of one session. */
export interface Attempter {
  readonly subjectRef: string;
  readonly operatorId: string;
  readonly sessionId?: string;
}

/** The attempts that were made, which are the cases themselves: nothing else has to be kept in step. */
export abstract class AttemptBook {
  /** Nobody else opens or fails an attempt of this person or session until the transaction ends. */
  abstract lock(tx: Transaction, attempter: Attempter): Promise<void>;
  /** Failures of the identity after `since`; those of the session whenever they were. */
  abstract standing(attempter: Attempter, since: Date, tx?: Transaction): Promise<Standing>;
}

export abstract class ChallengeStore {
  /** False when the operator has `mostOpen` that are neither used nor expired. */
  abstract insert(tx: Transaction, challenge: IssuedChallenge, mostOpen: number): Promise<boolean>;
  /** Only the operator that it was issued to can see that it exists. */
  abstract find(challengeId: string, operatorId: string): Promise<IssuedChallenge | undefined>;
  /** False when it was used before: of several transactions one succeeds. */
  abstract use(tx: Transaction, challengeId: string, caseId: string, at: Date): Promise<boolean>;
  abstract forget(expiredBefore: Date): Promise<void>;
}
