import { SealBrokenError } from './errors.js';
import type { Sealer } from './sealer.js';

/** For the sealed fields of contracts and JSON: base64url. */
export function sealText(sealer: Sealer, text: string, context: string): string {
  return Buffer.from(sealer.seal(Buffer.from(text, 'utf8'), context)).toString('base64url');
}

export function openText(sealer: Sealer, sealed: string, context: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  // Node skips characters outside the alphabet: without this, one value would have many spellings.
  if (bytes.toString('base64url') !== sealed) throw new SealBrokenError();
  return Buffer.from(sealer.open(bytes, context)).toString('utf8');
}
