import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Nik } from '@absah/domain-kit';
import { unusableKey } from './errors.js';

/** 128 bits of strength; services hold 32 bytes. */
const MIN_KEY_BYTES = 16;

/**
 * Turns a NIK into the name under which quota, audit and logs know the person. A plain digest would
 * not do: all NIKs can be enumerated in minutes, only the key stands between the two.
 */
export class Pseudonymiser {
  readonly #key: KeyObject;

  constructor(key: Uint8Array) {
    if (key.length < MIN_KEY_BYTES) throw unusableKey(`at least ${MIN_KEY_BYTES} bytes long`);
    this.#key = createSecretKey(key);
  }

  /** HMAC-SHA-256 in hex: the same person always has the same one. */
  subjectRef(nik: Nik): string {
    return createHmac('sha256', this.#key).update(nik, 'utf8').digest('hex');
  }
}
