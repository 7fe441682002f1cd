import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { TAG_BYTES } from './envelope.js';
import { SealBrokenError } from './errors.js';

const CIPHER = 'aes-256-gcm';
const OPTIONS = { authTagLength: TAG_BYTES };

/** The three windows of the envelope that one layer of encryption fills. */
interface Layer {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** Keys as objects only: Node recognises raw bytes by exceptions that it catches, which costs more than the cipher. */
export function encryptInto(
  layer: Layer,
  key: KeyObject,
  plaintext: Uint8Array,
  authenticated: Uint8Array,
): void {
  const cipher = createCipheriv(CIPHER, key, layer.nonce, OPTIONS).setAAD(authenticated);
  layer.ciphertext.set(cipher.update(plaintext));
  cipher.final();
  layer.tag.set(cipher.getAuthTag());
}

export function decrypt(layer: Layer, key: KeyObject, authenticated: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(CIPHER, key, layer.nonce, OPTIONS);
  decipher.setAAD(authenticated).setAuthTag(layer.tag);
  const plaintext = decipher.update(layer.ciphertext);
  try {
    decipher.final();
  } catch (error) {
    // Unauthenticated plaintext must not outlive the refusal.
    plaintext.fill(0);
    throw new SealBrokenError(error);
  }
  return plaintext;
}
