import { randomFillSync, type KeyObject } from 'node:crypto';
import { TAG_BYTES } from './envelope.js';
import { SealBrokenError } from './errors.js';
import { decrypt, encryptInto } from './gcm.js';

const NONCE_BYTES = 12;
const OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/**
 * AES-256-GCM without a key of the value's own: `head ‖ nonce ‖ content ‖ tag`. Nonces are random, so one key may
 * seal 2³² values (NIST SP 800-38D): enough for a person's few, and for wrapping the key of each inhabitant 16 times.
 */
export function sealDirectly(
  key: KeyObject,
  plaintext: Uint8Array,
  authenticated: Uint8Array,
  head: Uint8Array = new Uint8Array(0),
): Uint8Array {
  // Not from Node's shared pool: a sealed value must not sit in one ArrayBuffer with plaintext of others.
  const sealed = Buffer.allocUnsafeSlow(head.length + OVERHEAD_BYTES + plaintext.length);
  sealed.set(head);
  const layer = windows(sealed.subarray(head.length));
  randomFillSync(layer.nonce);
  encryptInto(layer, key, plaintext, authenticated);
  return sealed;
}

/** @throws SealBrokenError */
export function openDirectly(
  key: KeyObject,
  sealed: Uint8Array,
  authenticated: Uint8Array,
  headBytes = 0,
): Uint8Array {
  if (sealed.length < headBytes + OVERHEAD_BYTES) throw new SealBrokenError();
  return decrypt(windows(sealed.subarray(headBytes)), key, authenticated);
}

function windows(bytes: Uint8Array) {
  const tagAt = bytes.length - TAG_BYTES;
  return {
    nonce: bytes.subarray(0, NONCE_BYTES),
    ciphertext: bytes.subarray(NONCE_BYTES, tagAt),
    tag: bytes.subarray(tagAt),
  };
}
