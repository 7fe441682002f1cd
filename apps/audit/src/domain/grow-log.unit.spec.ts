import { describe, expect, it } from '@jest/globals';
import { leafHash, merkleTreeHash, sha256 } from '../../test/rfc-9162.js';
import { append, EMPTY_RANGE } from './compact-range.js';
import { growLog } from './grow-log.js';
import { treeHash } from './tree-hash.js';

const tree = treeHash(sha256);
const entry = (messageId: string) => ({ messageId, leafHash: leafHash(Buffer.from(messageId)) });

describe('growLog', () => {
  it('A1 appends what is new, in the order of arrival, and once', () => {
    const [a, b, c] = [entry('a'), entry('b'), entry('c')];
    const state = { range: append(tree, EMPTY_RANGE, [a.leafHash]).range, known: new Set(['a']) };
    const growth = growLog(tree, state, [c, a, b, c]);
    expect(growth).toMatchObject({ entries: [c, b], firstPosition: 1, range: { size: 3 } });
    expect(growth.rootHash).toEqual(merkleTreeHash([a.leafHash, c.leafHash, b.leafHash]));
  });

  it('A1 takes the first of two events under one id', () => {
    const [real, other] = [entry('a'), { ...entry('b'), messageId: 'a' }];
    const { entries } = growLog(tree, { range: EMPTY_RANGE, known: new Set() }, [real, other]);
    expect(entries).toEqual([real]);
  });

  it('A2 keeps the root of every full run of 256 leaves and nothing between', () => {
    const batch = Array.from({ length: 600 }, (_, i) => entry(String(i)));
    const { subtrees } = growLog(tree, { range: EMPTY_RANGE, known: new Set() }, batch);
    const leaves = batch.map((each) => each.leafHash);
    expect(subtrees).toEqual([
      { level: 8, index: 0, hash: merkleTreeHash(leaves.slice(0, 256)) },
      { level: 8, index: 1, hash: merkleTreeHash(leaves.slice(256, 512)) },
    ]);
  });
});
