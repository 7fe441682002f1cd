import { foldPeaks, peakLevels, type CompactRange } from './compact-range.js';
import type { TreeHash } from './tree-hash.js';

/**
 * Only every eighth level of perfect subtrees is stored, one row for 256 leaves; the levels between
 * are computed from at most 256 stored hashes.
 */
export const LEVELS_PER_STORED = 8;

/** Hashes of neighbouring perfect subtrees of one stored level; level 0 are the leaves. */
export interface HashRun {
  readonly level: number;
  readonly from: number;
  readonly count: number;
}

interface Peak {
  readonly level: number;
  /** Its place among the peaks. */
  readonly place: number;
}

/** The stored hashes that the proof of one entry is computed from, lowest level first. */
export function runsForProof(position: number, size: number): HashRun[] {
  const { level: top } = peakOver(position, size);
  const runs: HashRun[] = [];
  for (let level = 0; level < top; level += LEVELS_PER_STORED) {
    const count = 2 ** Math.min(LEVELS_PER_STORED, top - level);
    const index = Math.floor(position / 2 ** level);
    runs.push({ level, from: index - (index % count), count });
  }
  return runs;
}

/**
 * The inclusion proof of RFC 9162, 2.1.3: the sibling hashes on the way from the leaf to the root.
 * `hashes` are those of `runsForProof`, in its order.
 */
export function inclusionProof(
  tree: TreeHash,
  range: CompactRange,
  position: number,
  hashes: readonly (readonly Uint8Array[])[],
): Uint8Array[] {
  const { place } = peakOver(position, range.size);
  const within = runsForProof(position, range.size).flatMap((run, i) => {
    const offset = Math.floor(position / 2 ** run.level) - run.from;
    return siblings(tree, hashes[i] ?? [], offset);
  });
  // Above its peak, the entry meets all lower peaks as one hash, and then each higher one.
  const lower = foldPeaks(tree, range.peaks.slice(place + 1));
  return [...within, ...(lower ? [lower] : []), ...range.peaks.slice(0, place).reverse()];
}

/** Siblings below the root of the perfect tree over `hashes`, lowest first. */
function siblings(tree: TreeHash, hashes: readonly Uint8Array[], offset: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let level = hashes;
  for (let index = offset; level.length > 1; index = Math.floor(index / 2)) {
    const sibling = level[index % 2 === 0 ? index + 1 : index - 1];
    if (!sibling) throw new Error('a run of hashes has a power of two of them');
    path.push(sibling);
    level = parents(tree, level);
  }
  return path;
}

function parents(tree: TreeHash, level: readonly Uint8Array[]): Uint8Array[] {
  const result: Uint8Array[] = [];
  for (let i = 0; i + 1 < level.length; i += 2) {
    result.push(tree.node(level[i] as Uint8Array, level[i + 1] as Uint8Array));
  }
  return result;
}

function peakOver(position: number, size: number): Peak {
  let start = 0;
  for (const [place, level] of peakLevels(size).entries()) {
    start += 2 ** level;
    if (position < start) return { level, place };
  }
  throw new RangeError(`position ${position} is not in a tree of ${size}`);
}
