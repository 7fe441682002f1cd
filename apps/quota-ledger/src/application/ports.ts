import type { Transaction } from '@absah/messaging';
import type { Adoption, CapPolicy, IdentityDocument } from '../domain/cap-policy.js';
import type { ReservationTry } from '../domain/reservation.js';
import type { EntryKind } from '../domain/transfer.js';

export interface SlotRequest {
  readonly reservationId: string;
  readonly caseId: string;
  readonly subjectRef: string;
  readonly operatorId: string;
  readonly document: IdentityDocument;
}

/** A transfer after a step: its SIM is registered, or its slot is free again. */
export interface MovedSlot {
  readonly reservationId: string;
  readonly caseId: string;
  readonly subjectRef: string;
  readonly slotNumber: number;
}

export interface FreedSlot extends MovedSlot {
  /** By the database's clock: whether the case ended before its time or with it. */
  readonly cause: 'voided' | 'expired';
}

/** The ledger's book. The implementation keeps Q1 by itself: no call can hold more slots than the cap. */
export abstract class SlotBook {
  /** Makes the policy the one that later reservations obey, if `decideAdoption` says so; slots already held stay. */
  abstract adopt(policy: CapPolicy): Promise<Adoption>;

  /**
   * Takes the lowest free slot, unless the request was answered or somebody else is faster.
   *
   * @throws {@link ServiceError} `QUOTA.SLOTS_CONTENDED` when only another transaction can see what became of it.
   */
  abstract tryReserve(tx: Transaction, request: SlotRequest): Promise<ReservationTry>;

  /** Records the refusal; false when the case was answered meanwhile. */
  abstract refuse(tx: Transaction, request: SlotRequest): Promise<boolean>;

  /** Posts those of the cases that have a pending slot. */
  abstract post(tx: Transaction, caseIds: readonly string[]): Promise<readonly MovedSlot[]>;

  /** Frees the pending slots of cases that are over, leaving those that somebody else works on. */
  abstract freePending(tx: Transaction, caseIds: readonly string[]): Promise<readonly FreedSlot[]>;

  /** Frees the posted slot of a case; `undefined` when it has none. */
  abstract releasePosted(tx: Transaction, caseId: string): Promise<MovedSlot | undefined>;

  abstract historyOf(tx: Transaction, caseId: string): Promise<readonly EntryKind[]>;

  /**
   * Up to `limit` cases with a pending slot that it is time to ask about. Nobody is given them again
   * for a while, whatever becomes of this call.
   */
  abstract claimUnchecked(limit: number): Promise<readonly string[]>;
}

/** Who decides whether a SIM is activated. Only what it calls over can be given to somebody else. */
export abstract class CaseOwner {
  abstract outlook(caseIds: readonly string[]): Promise<CaseOutlook>;
}

/** Cases in neither list may still be activated. */
export interface CaseOutlook {
  readonly activated: readonly string[];
  readonly over: readonly string[];
}

export interface StatementLine {
  readonly number: number;
  readonly at: string;
  readonly kind: EntryKind;
  readonly caseId: string;
  readonly operatorId: string;
  readonly document: IdentityDocument;
  readonly slotNumber: number | null;
  /** Slots of the person after this entry. */
  readonly pending: number;
  readonly posted: number;
}

export interface Statement {
  readonly entries: readonly StatementLine[];
  readonly next: number | null;
  readonly held: { readonly pending: number; readonly posted: number };
  readonly balanced: boolean;
}

/** A case whose entries and slot say different things; null where one of them says nothing. */
export interface Discrepancy {
  readonly subjectRef: string;
  readonly caseId: string;
  readonly byEntries: 'pending' | 'posted' | null;
  readonly bySlots: 'pending' | 'posted' | null;
}

export interface CheckedBooks {
  readonly people: number;
  readonly next: string | null;
  readonly discrepancies: readonly Discrepancy[];
}

/** Reads the book for those who audit it. Each answer is of one moment. */
export abstract class BookReader {
  /** The entries of a person after the given number, as many as one message carries. */
  abstract statementOf(subjectRef: string, after: number): Promise<Statement>;
  /** Holds what was written about the next people against what they hold. */
  abstract check(after: string | null): Promise<CheckedBooks>;
}
