import { SealBrokenError } from './errors.js';

export const KEY_ID_BYTES = 16;

/** A key id as the bytes of its UUID. */
export function keyIdToBytes(keyId: string): Uint8Array {
  return Buffer.from(keyId.replaceAll('-', ''), 'hex');
}

export function keyIdFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== KEY_ID_BYTES) throw new SealBrokenError();
  const hex = Buffer.from(bytes).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
