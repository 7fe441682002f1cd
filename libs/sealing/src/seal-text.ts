import { SealBrokenError } from './errors.js';
import { keyIdOf, type PersonKey } from './person-key.js';
import type { Sealer } from './sealer.js';

type Seals = Pick<Sealer | PersonKey, 'seal'>;
type Opens = Pick<Sealer | PersonKey, 'open'>;

/** For the sealed fields of contracts and JSON: base64url. */
export function sealText(key: Seals, text: string, context: string): string {
  return Buffer.from(key.seal(Buffer.from(text, 'utf8'), context)).toString('base64url');
}

export function openText(key: Opens, sealed: string, context: string): string {
  return Buffer.from(key.open(bytesOf(sealed), context)).toString('utf8');
}

/** Under whose key a text was sealed. */
export function keyIdOfText(sealed: string): string {
  return keyIdOf(bytesOf(sealed));
}

function bytesOf(sealed: string): Uint8Array {
  const bytes = Buffer.from(sealed, 'base64url');
  // Node skips characters outside the alphabet: without this, one value would have many spellings.
  if (bytes.toString('base64url') !== sealed) throw new SealBrokenError();
  return bytes;
}
