import { append, rootOf, type CompactRange, type CompletedSubtree } from './compact-range.js';
import { LEVELS_PER_STORED } from './inclusion-proof.js';
import type { TreeHash } from './tree-hash.js';

/** What the log holds when a batch arrives. */
export interface LogState {
  readonly range: CompactRange;
  /** Those of the batch's message ids that are in the log. */
  readonly known: ReadonlySet<string>;
}

export interface NewEntry {
  readonly messageId: string;
  readonly leafHash: Uint8Array;
}

export interface Growth<Entry> {
  /** In the order of their positions, the first at `firstPosition`. */
  readonly entries: readonly Entry[];
  readonly firstPosition: number;
  readonly range: CompactRange;
  readonly rootHash: Uint8Array;
  readonly subtrees: readonly CompletedSubtree[];
}

/** Appends what is new in a batch, in its order; a repetition changes nothing (A1, A2). */
export function growLog<Entry extends NewEntry>(
  tree: TreeHash,
  state: LogState,
  batch: readonly Entry[],
): Growth<Entry> {
  const entries = withoutRepetitions(state.known, batch);
  const leafHashes = entries.map((entry) => entry.leafHash);
  const { range, completed } = append(tree, state.range, leafHashes);
  return {
    entries,
    firstPosition: state.range.size,
    range,
    rootHash: rootOf(tree, range),
    subtrees: completed.filter((subtree) => subtree.level % LEVELS_PER_STORED === 0),
  };
}

function withoutRepetitions<Entry extends NewEntry>(
  known: ReadonlySet<string>,
  batch: readonly Entry[],
): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of batch) {
    if (!known.has(entry.messageId) && !first.has(entry.messageId)) first.set(entry.messageId, entry);
  }
  return [...first.values()];
}
