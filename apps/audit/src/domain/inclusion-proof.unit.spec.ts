import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CT_LEAVES, CT_PATHS, CT_ROOTS } from '../../test/ct-reference-vectors.js';
import { leafHash, merkleTreeHash, path, sha256, verifiesInclusion } from '../../test/rfc-9162.js';
import { append, EMPTY_RANGE, rootOf } from './compact-range.js';
import { inclusionProof, runsForProof, type HashRun } from './inclusion-proof.js';
import { treeHash } from './tree-hash.js';

const tree = treeHash(sha256);
const hex = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString('hex'));

function prove(leaves: readonly Uint8Array[], position: number): Uint8Array[] {
  const { range } = append(tree, EMPTY_RANGE, leaves);
  const stored = ({ level, from, count }: HashRun) =>
    Array.from({ length: count }, (_, i) => {
      const start = (from + i) * 2 ** level;
      return merkleTreeHash(leaves.slice(start, start + 2 ** level));
    });
  return inclusionProof(tree, range, position, runsForProof(position, leaves.length).map(stored));
}

describe('inclusionProof', () => {
  it.each(CT_PATHS)('A2 agrees with the reference path of leaf $position in a tree of $size', (vector) => {
    const leaves = CT_LEAVES.slice(0, vector.size).map((leaf) => tree.leaf(leaf));
    expect(hex(prove(leaves, vector.position))).toEqual(vector.path);
  });

  it('A2 is the path of RFC 9162 in trees of any shape, and verifies', () => {
    const sizes = fc.oneof(
      fc.integer({ min: 1, max: 80 }),
      fc.constantFrom(255, 256, 257, 511, 512, 769, 1_280),
    );
    const place = sizes.chain((size) => fc.tuple(fc.constant(size), fc.nat({ max: size - 1 })));
    fc.assert(
      fc.property(place, ([size, position]) => {
        const leaves = Array.from({ length: size }, (_, i) => leafHash(Buffer.from(String(i))));
        const proof = prove(leaves, position);
        expect(hex(proof)).toEqual(hex(path(position, leaves)));
        const rootHash = merkleTreeHash(leaves);
        const leaf = leaves[position] ?? new Uint8Array();
        expect(verifiesInclusion({ leafHash: leaf, position, size, rootHash, proof })).toBe(true);
        expect(
          verifiesInclusion({ leafHash: leafHash(Buffer.from('another')), position, size, rootHash, proof }),
        ).toBe(false);
      }),
    );
  });

  it('A2 the verifier of these tests refuses a proof for another position', () => {
    const leaves = CT_LEAVES.map((leaf) => tree.leaf(leaf));
    const claim = {
      leafHash: leaves[3] ?? new Uint8Array(),
      size: 8,
      rootHash: Buffer.from(CT_ROOTS[7] ?? '', 'hex'),
    };
    expect(verifiesInclusion({ ...claim, position: 3, proof: prove(leaves, 3) })).toBe(true);
    expect(verifiesInclusion({ ...claim, position: 2, proof: prove(leaves, 3) })).toBe(false);
  });

  it('reads at most 256 hashes of each stored level, in a log of 5 years too', () => {
    const size = 1.8e12;
    const runs = runsForProof(size / 3, size);
    expect(runs.map((run) => run.level)).toEqual([0, 8, 16, 24, 32]);
    expect(Math.max(...runs.map((run) => run.count))).toBe(256);
  });

  it('refuses a position outside of the tree', () => {
    expect(() => runsForProof(5, 5)).toThrow(RangeError);
    expect(rootOf(tree, EMPTY_RANGE)).toEqual(tree.empty);
  });
});
