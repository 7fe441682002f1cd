import { createHash } from 'node:crypto';

const NAMESPACE = 'absah:ikd:transaction:';

/**
 * The registry's transaction id follows from the case, so that a try after a crash, which remembers
 * nothing, still repeats the same transaction (RFC 9562, version 8: SHA-256 of a name).
 */
export function transactionIdOf(caseId: string): string {
  const bytes = createHash('sha256').update(NAMESPACE).update(caseId.toLowerCase()).digest().subarray(0, 16);
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x80;
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
