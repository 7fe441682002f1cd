import type { Transaction } from '@absah/messaging';
import type { CaseHistory } from '../domain/activation.js';
import type { CapPolicy } from '../domain/cap-policy.js';
import type { ReservationTry } from '../domain/reservation.js';

export interface SlotRequest {
  readonly reservationId: string;
  readonly caseId: string;
  readonly subjectRef: string;
  /** 1 after the match; 2 when the activation came after the first reservation expired. */
  readonly round: number;
}

/** A transfer that was resolved: its SIM is registered, or its time ran out. */
export interface ResolvedSlot {
  readonly reservationId: string;
  readonly caseId: string;
  readonly subjectRef: string;
  readonly slotNumber: number;
}

/** The ledger's book. The implementation keeps Q1 by itself: no call can hold more slots than the cap. */
export abstract class SlotBook {
  /** Makes the policy the one that later reservations obey; slots already held stay. */
  abstract adopt(policy: CapPolicy): Promise<void>;

  /** Takes the lowest free slot, unless the request was answered or somebody else is faster. */
  abstract tryReserve(tx: Transaction, request: SlotRequest): Promise<ReservationTry>;

  /** Remembers the refusal, so that a repeated request is not answered differently. */
  abstract recordRefusal(tx: Transaction, request: SlotRequest, cap: number): Promise<void>;

  /** Posts the pending slot of the case; `undefined` when it has none. */
  abstract post(tx: Transaction, caseId: string): Promise<ResolvedSlot | undefined>;

  abstract historyOf(tx: Transaction, caseId: string): Promise<CaseHistory>;

  /** Frees up to `limit` slots whose time and grace ran out by the database's clock, leaving those that another replica works on. */
  abstract releaseExpired(tx: Transaction, limit: number): Promise<readonly ResolvedSlot[]>;
}
