import type { TreeHash } from './tree-hash.js';

/**
 * All that is needed of a tree to append to it: the roots of the largest perfect subtrees that it
 * splits into, leftmost first. A tree of n leaves has one per set bit of n.
 */
export interface CompactRange {
  readonly size: number;
  readonly peaks: readonly Uint8Array[];
}

/** A perfect subtree that an append completed: 2^level leaves, the index-th of its kind from the left. */
export interface CompletedSubtree {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

export interface Appended {
  readonly range: CompactRange;
  readonly completed: readonly CompletedSubtree[];
}

export const EMPTY_RANGE: CompactRange = { size: 0, peaks: [] };

export function append(tree: TreeHash, range: CompactRange, leafHashes: readonly Uint8Array[]): Appended {
  const peaks = [...range.peaks];
  const completed: CompletedSubtree[] = [];
  let size = range.size;
  for (const leafHash of leafHashes) {
    completed.push(...addLeaf(tree, peaks, size, leafHash));
    size += 1;
  }
  return { range: { size, peaks }, completed };
}

/** Like adding one to a binary number: every trailing peak of equal height is carried into a higher one. */
function addLeaf(
  tree: TreeHash,
  peaks: Uint8Array[],
  position: number,
  leafHash: Uint8Array,
): CompletedSubtree[] {
  const completed: CompletedSubtree[] = [];
  let hash = leafHash;
  let index = position;
  for (let level = 1; index % 2 === 1; level += 1) {
    const left = peaks.pop();
    if (!left) throw new Error('a compact range has one peak for each set bit of its size');
    hash = tree.node(left, hash);
    index = (index - 1) / 2;
    completed.push({ level, index, hash });
  }
  peaks.push(hash);
  return completed;
}

/** The Merkle tree hash of RFC 9162, 2.1.1. */
export function rootOf(tree: TreeHash, range: CompactRange): Uint8Array {
  return foldPeaks(tree, range.peaks) ?? tree.empty;
}

/** Joins peaks from the right, where they are lowest; nothing for no peaks. */
export function foldPeaks(tree: TreeHash, peaks: readonly Uint8Array[]): Uint8Array | undefined {
  return peaks.reduceRight<Uint8Array | undefined>(
    (right, left) => (right ? tree.node(left, right) : left),
    undefined,
  );
}

/** Heights of the peaks, leftmost (highest) first. Works beyond 2^32, where bit operators do not. */
export function peakLevels(size: number): number[] {
  const levels: number[] = [];
  for (let level = 0, rest = size; rest > 0; level += 1, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) levels.unshift(level);
  }
  return levels;
}
