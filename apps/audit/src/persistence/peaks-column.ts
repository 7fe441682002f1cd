import type { CompactRange } from '../domain/compact-range.js';
import { HASH_BYTES } from '../domain/tree-hash.js';

/** Peaks are kept as one value: leftmost first, 32 bytes each. */
export function joinPeaks(range: CompactRange): Buffer {
  return Buffer.concat(range.peaks);
}

export function splitPeaks(size: number, joined: Uint8Array): CompactRange {
  const count = joined.length / HASH_BYTES;
  const peaks = Array.from({ length: count }, (_, i) =>
    joined.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
  return { size, peaks };
}
