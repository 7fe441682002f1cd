import type { CompactRange } from '../domain/compact-range.js';
import type { Growth, LogState } from '../domain/grow-log.js';
import type { HashRun } from '../domain/inclusion-proof.js';
import type { LoggedEvent } from '../domain/log-entry.js';

/** An event on its way into the log. */
export interface PreparedEntry extends LoggedEvent {
  readonly leafHash: Uint8Array;
  /** Absent for an event that is about no case, or that breaks its contract. */
  readonly caseId: string | undefined;
  readonly subjectRef: string | undefined;
}

export interface StoredEntry extends LoggedEvent {
  readonly position: number;
  readonly leafHash: Uint8Array;
}

/** What the whole log up to some size hashes to. */
export interface TreeHead {
  readonly range: CompactRange;
  readonly rootHash: Uint8Array;
  /** Absent for a log that nothing was written to. */
  readonly createdAt: Date | undefined;
}

export abstract class LogStore {
  /**
   * Loads, lets `grow` decide and saves, in one transaction; in the whole cluster one at a time, so
   * that positions have no gap and no two trees grow from the same head.
   */
  abstract append(
    messageIds: readonly string[],
    grow: (state: LogState) => Growth<PreparedEntry>,
  ): Promise<void>;

  /** Those of the messages that the log does not hold. */
  abstract unrecorded(messageIds: readonly string[]): Promise<readonly string[]>;

  abstract head(): Promise<TreeHead>;

  /** In the order of their positions. */
  abstract entriesOfCase(caseId: string, size: number): Promise<readonly StoredEntry[]>;

  abstract entriesFrom(position: number, limit: number): Promise<readonly StoredEntry[]>;

  /** Root hashes by size, of heads above `after` and up to `upTo`. */
  abstract rootsBetween(after: number, upTo: number): Promise<ReadonlyMap<number, Uint8Array>>;

  /** The hashes of perfect subtrees that a proof is computed from. */
  abstract hashes(run: HashRun): Promise<readonly Uint8Array[]>;
}
