import type { Nik } from '@absah/domain-kit';
import type { Condition } from '../domain/condition.js';
import type { FeedbackRow } from '../domain/feedback-row.js';

export const PEOPLE = Symbol('People');

/** A person as the stand-in registry knows one. */
export interface Person {
  readonly nik: Nik;
  readonly name: string;
  /** The reference: versioned template bytes. */
  readonly template: Uint8Array;
  readonly condition: Condition;
}

export interface People {
  put(person: Person): Promise<void>;
  find(nik: Nik): Promise<Person | undefined>;
  /** False when nobody has this NIK. */
  setCondition(nik: Nik, condition: Condition): Promise<boolean>;
  /** Of the given NIKs, how many are known; repetitions count once. */
  countKnown(niks: readonly Nik[]): Promise<number>;
  list(limit: number): Promise<readonly Person[]>;
}

export const VERIFICATIONS = Symbol('Verifications');

/** What the registry once said to a transaction. */
export interface RecordedAnswer {
  /** Of the question, so that the same id with another question is noticed. */
  readonly questionDigest: string;
  readonly httpStatus: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Verifications {
  /** Keyed, so that nobody can try NIKs against what is stored. */
  digestOf(question: readonly string[]): string;
  /** The answer that counts: the given one, or the one that this transaction got before. */
  record(transactionId: string, answer: RecordedAnswer): Promise<RecordedAnswer>;
}

export const FEEDBACK = Symbol('Feedback');

export interface ReceivedFeedback extends FeedbackRow {
  readonly institution: string;
  readonly receivedAt: Date;
}

export interface Feedback {
  /** All or nothing; false when any row was stored before or comes twice. */
  add(institution: string, rows: readonly FeedbackRow[]): Promise<boolean>;
  latest(limit: number): Promise<readonly ReceivedFeedback[]>;
  of(nik: Nik): Promise<readonly ReceivedFeedback[]>;
  count(): Promise<number>;
}
