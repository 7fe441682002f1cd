import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leafHash, merkleTreeHash, sha256 } from '../../test/rfc-9162.js';
import { append, EMPTY_RANGE, peakLevels, rootOf } from './compact-range.js';
import { CT_LEAVES, CT_ROOTS } from '../../test/ct-reference-vectors.js';
import { treeHash } from './tree-hash.js';

const tree = treeHash(sha256);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const numbered = (count: number) => Array.from({ length: count }, (_, i) => leafHash(Buffer.from(String(i))));

describe('the compact range', () => {
  it('A2 hashes the empty tree as RFC 9162 says', () => {
    expect(hex(rootOf(tree, EMPTY_RANGE))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it.each(CT_ROOTS.map((root, i) => [i + 1, root] as const))(
    'A2 agrees with the reference root of %i leaves',
    (size, root) => {
      const leaves = CT_LEAVES.slice(0, size).map((leaf) => tree.leaf(leaf));
      expect(hex(rootOf(tree, append(tree, EMPTY_RANGE, leaves).range))).toBe(root);
    },
  );

  it('A2 does not depend on how the entries were batched', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 20 }), (sizes) => {
        const all = numbered(sizes.reduce((sum, size) => sum + size, 0));
        let range = EMPTY_RANGE;
        for (const size of sizes) ({ range } = append(tree, range, all.slice(range.size, range.size + size)));
        expect(hex(rootOf(tree, range))).toBe(hex(merkleTreeHash(all)));
      }),
    );
  });

  it('A2 reports each perfect subtree when its last leaf arrives', () => {
    const leaves = numbered(12);
    const first = append(tree, EMPTY_RANGE, leaves.slice(0, 7));
    const second = append(tree, first.range, leaves.slice(7));
    const describeSubtree = ({ level, index }: { level: number; index: number }) => `${level}/${index}`;
    expect(first.completed.map(describeSubtree)).toEqual(['1/0', '1/1', '2/0', '1/2']);
    expect(second.completed.map(describeSubtree)).toEqual(['1/3', '2/1', '3/0', '1/4', '1/5', '2/2']);
    expect(hex(second.completed[2]?.hash ?? new Uint8Array())).toBe(hex(merkleTreeHash(leaves.slice(0, 8))));
  });

  it('has a peak for each set bit, also beyond 32 bits', () => {
    expect(peakLevels(2 ** 40 + 2 ** 33 + 5)).toEqual([40, 33, 2, 0]);
  });
});
