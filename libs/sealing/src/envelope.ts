import { SealBrokenError } from './errors.js';

/**
 * The sealed bytes, version 1. This is the only description of the layout:
 *
 * | bytes | what |
 * |------:|------|
 * |     1 | version, 0x01 |
 * |     4 | key id: the first bytes of SHA-256(purpose ‖ 0x00 ‖ key) |
 * |    12 | nonce of the wrapping |
 * |    32 | one-time data key, AES-256-GCM under the key |
 * |    16 | tag of the wrapping |
 * |    12 | nonce of the content |
 * |     n | content, AES-256-GCM under the data key |
 * |    16 | tag of the content |
 *
 * Both layers authenticate purpose ‖ 0x00 ‖ context besides what they encrypt.
 */
const VERSION = 1;
export const KEY_BYTES = 32;
export const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

const KEY_ID_AT = 1;
const WRAP_NONCE_AT = KEY_ID_AT + KEY_ID_BYTES;
const WRAPPED_KEY_AT = WRAP_NONCE_AT + NONCE_BYTES;
const WRAP_TAG_AT = WRAPPED_KEY_AT + KEY_BYTES;
const NONCE_AT = WRAP_TAG_AT + TAG_BYTES;
const CONTENT_AT = NONCE_AT + NONCE_BYTES;

/** Windows into one sealed value: writing to them writes the value. */
export interface Envelope {
  readonly bytes: Uint8Array;
  readonly keyId: Uint8Array;
  readonly wrapNonce: Uint8Array;
  readonly wrappedKey: Uint8Array;
  readonly wrapTag: Uint8Array;
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
  readonly tag: Uint8Array;
}

export function blankEnvelope(contentBytes: number): Envelope {
  // Not from Node's shared pool: a sealed value must not sit in one ArrayBuffer with plaintext of others.
  const bytes = Buffer.allocUnsafeSlow(CONTENT_AT + contentBytes + TAG_BYTES);
  bytes[0] = VERSION;
  return windows(bytes);
}

export function readEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length < CONTENT_AT + TAG_BYTES || bytes[0] !== VERSION) throw new SealBrokenError();
  return windows(bytes);
}

function windows(bytes: Uint8Array): Envelope {
  const tagAt = bytes.length - TAG_BYTES;
  return {
    bytes,
    keyId: bytes.subarray(KEY_ID_AT, WRAP_NONCE_AT),
    wrapNonce: bytes.subarray(WRAP_NONCE_AT, WRAPPED_KEY_AT),
    wrappedKey: bytes.subarray(WRAPPED_KEY_AT, WRAP_TAG_AT),
    wrapTag: bytes.subarray(WRAP_TAG_AT, NONCE_AT),
    nonce: bytes.subarray(NONCE_AT, CONTENT_AT),
    content: bytes.subarray(CONTENT_AT, tagAt),
    tag: bytes.subarray(tagAt),
  };
}
