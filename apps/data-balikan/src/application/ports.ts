import type { Transaction } from '@absah/messaging';
import type { CallAnswer, RowOutcome } from '../domain/next-step.js';

export const FEEDBACK_RECORDS = Symbol('FeedbackRecords');

export interface DueRecord {
  readonly caseId: string;
  readonly subjectRef: string;
  readonly sealedNik: string;
  readonly sealedMsisdn: string;
}

/** A due record that this replica may send until the lease ends. */
export interface ClaimedRecord extends DueRecord {
  readonly recordId: string;
  readonly attempts: number;
  readonly claim: string;
}

export interface SettledRecord {
  readonly record: ClaimedRecord;
  readonly outcome: RowOutcome;
}

export interface FeedbackRecords {
  addDue(tx: Transaction, record: DueRecord): Promise<void>;
  /** Due rows, longest waiting first, that no other replica holds. */
  claimDue(limit: number, leaseMs: number): Promise<readonly ClaimedRecord[]>;
  /** Ids of the rows that were settled; the others' claims were lost, and another replica's answer counts. */
  settle(tx: Transaction, settled: readonly SettledRecord[]): Promise<ReadonlySet<string>>;
  /** The rows stay due. */
  postpone(records: readonly ClaimedRecord[], delayMs: number): Promise<void>;
}

export const FEEDBACK_REGISTRY = Symbol('FeedbackRegistry');

/** In the clear, in memory, for the length of one call. */
export interface OpenRow {
  readonly nik: string;
  readonly msisdn: string;
}

export interface FeedbackRegistry {
  /** Never throws for what the registry or the network does: that is an answer. */
  store(rows: readonly OpenRow[]): Promise<CallAnswer>;
}
