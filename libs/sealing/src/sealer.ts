import { createHash, createSecretKey, randomBytes, randomFillSync, type KeyObject } from 'node:crypto';
import { blankEnvelope, KEY_BYTES, KEY_ID_BYTES, readEnvelope, type Envelope } from './envelope.js';
import { unusableKey, UnknownKeyError } from './errors.js';
import { decrypt, encryptInto } from './gcm.js';

/**
 * Envelope encryption: each value gets a data key of its own, wrapped by the service's key. A value
 * opens only for the purpose and the context it was sealed for, so that a sealed NIK moved to
 * another case, or an image passed off as a template, is refused.
 *
 * Nonces of the wrapping are random: rotate a key before it has sealed 2³² values (NIST SP 800-38D).
 */
export class Sealer {
  readonly #purpose: string;
  readonly #key: KeyObject;
  readonly #keyId: Uint8Array;

  /** `purpose` separates uses of a key: `capture`, `identity`, `template` and so on. */
  constructor(purpose: string, key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw unusableKey(`${KEY_BYTES} bytes long`);
    this.#purpose = purpose;
    this.#key = createSecretKey(key);
    this.#keyId = createHash('sha256').update(`${purpose}\0`).update(key).digest().subarray(0, KEY_ID_BYTES);
  }

  /** `context` names what the value belongs to, such as its case: whoever opens it must know it. */
  seal(plaintext: Uint8Array, context: string): Uint8Array {
    const envelope = blankEnvelope(plaintext.length);
    const authenticated = this.#authenticated(context);
    const dataKey = randomBytes(KEY_BYTES);
    envelope.keyId.set(this.#keyId);
    randomFillSync(envelope.wrapNonce);
    randomFillSync(envelope.nonce);
    encryptInto(wrapping(envelope), this.#key, dataKey, authenticated);
    encryptInto(content(envelope), takeKey(dataKey), plaintext, authenticated);
    return envelope.bytes;
  }

  /** @throws SealBrokenError | UnknownKeyError */
  open(sealed: Uint8Array, context: string): Uint8Array {
    const envelope = readEnvelope(sealed);
    if (Buffer.compare(envelope.keyId, this.#keyId) !== 0) throw new UnknownKeyError();
    const authenticated = this.#authenticated(context);
    const dataKey = decrypt(wrapping(envelope), this.#key, authenticated);
    return decrypt(content(envelope), takeKey(dataKey), authenticated);
  }

  #authenticated(context: string): Uint8Array {
    return Buffer.from(`${this.#purpose}\0${context}`, 'utf8');
  }
}

/** Leaves nothing of it in `bytes`. */
function takeKey(bytes: Uint8Array): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

function wrapping({ wrapNonce, wrappedKey, wrapTag }: Envelope) {
  return { nonce: wrapNonce, ciphertext: wrappedKey, tag: wrapTag };
}

function content({ nonce, content, tag }: Envelope) {
  return { nonce, ciphertext: content, tag };
}
