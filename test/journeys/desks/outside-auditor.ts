import { createHash } from 'node:crypto';
import type { LogEntry, LogHead } from './audit-log.js';

/**
 * What an outsider does with nothing but the published format: RFC 9162, section 2.1.3.2. On purpose
 * none of the audit service's own code.
 */
export function leadsToRoot(entry: LogEntry, { size, rootHash }: LogHead): boolean {
  let [fn, sn] = [entry.position, size - 1];
  let hash: Buffer = Buffer.from(leafHashOf(entry), 'hex');
  for (const sibling of entry.inclusionProof.map((hex) => Buffer.from(hex, 'hex'))) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && hash.toString('hex') === rootHash;
}

export function leafHashOf({ messageId, subject, occurredAt, payload }: LogEntry): string {
  const head = ['absah-log-entry/v1', messageId, subject, occurredAt, ''].join('\n');
  return sha256(Buffer.of(0), Buffer.from(head + payload)).toString('hex');
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return sha256(Buffer.of(1), left, right);
}

function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}
