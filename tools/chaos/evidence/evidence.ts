import type { ServiceName } from '@absah/contracts';
import type { ToldRequest } from '../clients/client-book.js';

export interface CaseRecord {
  readonly id: string;
  /** The moment of consent, by which a request and its case know each other. */
  readonly requestId: string;
  readonly subjectRef: string;
  readonly captureId: string;
  readonly status: string;
  /** Why it was not approved. */
  readonly reasons: readonly string[];
}

export interface LedgerEntry {
  readonly transferId: string;
  readonly caseId: string;
  readonly subjectRef: string;
  readonly kind: 'pending' | 'posted' | 'voided' | 'expired' | 'released' | 'refused';
}

interface Slot {
  readonly caseId: string;
  readonly subjectRef: string;
  readonly state: string;
}

/** What a service said in a transaction of its own, whatever became of it then. */
export interface EmittedEvent {
  readonly service: ServiceName;
  readonly id: string;
  readonly subject: string;
  readonly caseId: string | undefined;
  /** Of a decision: which. */
  readonly decision: string | undefined;
}

/** An event that one consumer took: in the transaction of its effect. */
export interface TakenEvent {
  readonly consumer: string;
  readonly messageId: string;
}

export interface DeadLetter extends TakenEvent {
  readonly code: string;
}

/** Everything that anybody remembers of a run, read at one time. Holds ids and no personal data. */
export interface Evidence {
  readonly requests: readonly ToldRequest[];
  readonly cases: readonly CaseRecord[];
  readonly ledgerEntries: readonly LedgerEntry[];
  readonly slots: readonly Slot[];
  /** Questions to the registry that the gateway has in its access log. */
  readonly accesses: readonly { readonly caseId: string; readonly transactionId: string }[];
  /** Questions that the registry answered. */
  readonly verifications: readonly { readonly transactionId: string; readonly isMatch: boolean }[];
  readonly feedbackRecords: readonly { readonly caseId: string; readonly status: string }[];
  /** Requests whose number the registry holds for their person. */
  readonly registrations: readonly string[];
  /** Numbers at the registry that no client asked to register. */
  readonly foreignRegistrations: number;
  readonly emitted: readonly EmittedEvent[];
  readonly taken: readonly TakenEvent[];
  readonly deadLetters: readonly DeadLetter[];
  /** Message ids in the order of the log. */
  readonly auditLog: readonly string[];
  readonly auditLogVerifies: boolean;
  /** Captures of which the broker holds a picture. */
  readonly imagesHeld: readonly string[];
  /** Rows that say that a picture still has to be purged. */
  readonly purgesDue: readonly string[];
}
