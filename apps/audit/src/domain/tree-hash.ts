/** SHA-256 of the concatenated parts: the one thing about hashing that the domain needs to be given. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;

export const HASH_BYTES = 32;

// RFC 9162, 2.1.1: different prefixes, so that no leaf can pass for a node.
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hashes that a Merkle tree is made of. */
export interface TreeHash {
  leaf(entry: Uint8Array): Uint8Array;
  node(left: Uint8Array, right: Uint8Array): Uint8Array;
  /** Of a tree without leaves. */
  readonly empty: Uint8Array;
}

export function treeHash(sha256: Sha256): TreeHash {
  return {
    leaf: (entry) => sha256(LEAF, entry),
    node: (left, right) => sha256(NODE, left, right),
    empty: sha256(),
  };
}
