import type { Transaction } from '@absah/messaging';

export interface PurgedCapture {
  readonly captureId: string;
  readonly caseId: string;
  readonly purgedAt: Date;
}

/** Where a service commits that a capture has to go, with what made it so, and later that it is gone. */
export abstract class PurgeRecord {
  /** Capture ids, oldest first, whose purge nobody confirmed for at least `minAgeMs`. */
  abstract duePurges(options: { readonly minAgeMs: number; readonly limit: number }): Promise<string[]>;

  /** Returns those that were still due: each capture is confirmed once, whoever purged it. */
  abstract confirmPurged(tx: Transaction, captureIds: readonly string[]): Promise<PurgedCapture[]>;
}
