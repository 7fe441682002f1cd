import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { openDirectly, sealDirectly } from './direct.js';
import { KEY_BYTES } from './envelope.js';
import { SealBrokenError, unusableKey, UnknownKeyError } from './errors.js';
import { KEY_ID_BYTES, keyIdFromBytes, keyIdToBytes } from './key-id.js';

/** What is sealed for a person: NIK and MSISDN, or the template of the face. */
export type KeyPurpose = 'identity' | 'template';

/**
 * A value sealed under a person's key. This is the only description of the layout:
 *
 * | bytes | what |
 * |------:|------|
 * |     1 | version, 0x02 |
 * |    16 | key id, a UUID |
 * |    12 | nonce |
 * |     n | content, AES-256-GCM under the person's key for the purpose |
 * |    16 | tag |
 *
 * Authenticated besides: the first 17 bytes ‖ purpose ‖ 0x00 ‖ context.
 */
const VERSION = 2;
const HEAD_BYTES = 1 + KEY_ID_BYTES;

/**
 * One person's key for one purpose. A value opens only for the context it was sealed for, so that a sealed NIK
 * moved to another case is refused. The bytes live outside of JavaScript's heap, where OpenSSL clears them as soon as
 * nobody refers to this object any more.
 */
export class PersonKey {
  readonly #key: KeyObject;
  readonly #head: Uint8Array;

  constructor(
    readonly keyId: string,
    readonly purpose: KeyPurpose,
    key: Uint8Array,
  ) {
    if (key.length !== KEY_BYTES) throw unusableKey(`${KEY_BYTES} bytes long`);
    this.#key = createSecretKey(key);
    // In memory of its own: a slice of Node's pool would keep 64 KiB of the pool as long as this key is cached.
    this.#head = Uint8Array.of(VERSION, ...keyIdToBytes(keyId));
  }

  /** `context` names what the value belongs to, such as its case: whoever opens it must know it. */
  seal(plaintext: Uint8Array, context: string): Uint8Array {
    return sealDirectly(this.#key, plaintext, this.#authenticated(context), this.#head);
  }

  /** @throws SealBrokenError | UnknownKeyError */
  open(sealed: Uint8Array, context: string): Uint8Array {
    if (keyIdOf(sealed) !== this.keyId) throw new UnknownKeyError();
    return openDirectly(this.#key, sealed, this.#authenticated(context), HEAD_BYTES);
  }

  #authenticated(context: string): Uint8Array {
    return Buffer.concat([this.#head, Buffer.from(`${this.purpose}\0${context}`, 'utf8')]);
  }
}

/** Under whose key a value was sealed. */
export function keyIdOf(sealed: Uint8Array): string {
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) throw new SealBrokenError();
  return keyIdFromBytes(sealed.subarray(1, HEAD_BYTES));
}

/** The key that a service gets of a person: whoever holds the one for templates cannot open a NIK (HKDF, RFC 5869). */
export function derivePurposeKey(personSecret: KeyObject, purpose: KeyPurpose): Uint8Array {
  const info = `absah/person-key/v1/${purpose}`;
  return new Uint8Array(hkdfSync('sha256', personSecret, new Uint8Array(0), info, KEY_BYTES));
}
