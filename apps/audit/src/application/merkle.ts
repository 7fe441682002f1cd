import { createHash } from 'node:crypto';
import { treeHash } from '../domain/tree-hash.js';

export const MERKLE = treeHash((...parts) => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
});
