import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createDecipheriv, createHash } from 'node:crypto';
import { SealBrokenError, UnknownKeyError } from './errors.js';
import { openText, sealText } from './seal-text.js';
import { Sealer } from './sealer.js';

const KEY = Buffer.alloc(32, 7);
const OTHER_KEY = Buffer.alloc(32, 8);
const ENVELOPE_BYTES = 93;

/** Made by another program (Python, OpenSSL) from the documented layout, with KEY, for `identity` and `case-1`. */
const SEALED_ELSEWHERE =
  'AcVZQ23GYq2yg2RPCxBmGSP7UPNfIglnnR-iIdHMPStgIrroI2BoLxDMHIK8XGN7dwx58W4sGHEtWvuFruwpphliLRlrjr5ELAxiDywcb-oZ7AusbRKiLY9C0psRdOr530OAAQutsikwqLW8zw';

const sealer = new Sealer('identity', KEY);

const bytes = fc.uint8Array({ maxLength: 300 });
const context = fc.string({ maxLength: 40 });

function sameBytes(actual: Uint8Array, expected: Uint8Array): boolean {
  return Buffer.compare(actual, expected) === 0;
}

describe('Sealer (A3)', () => {
  it('opens what it sealed, for the same context', () => {
    fc.assert(
      fc.property(bytes, context, (plaintext, where) =>
        sameBytes(sealer.open(sealer.seal(plaintext, where), where), plaintext),
      ),
    );
  });

  it('opens 6 MB', () => {
    const image = Buffer.alloc(6 * 1024 ** 2, 0xd8);
    expect(sameBytes(sealer.open(sealer.seal(image, 'c:image'), 'c:image'), image)).toBe(true);
  });

  it('adds 93 bytes and shows nothing of the plaintext', () => {
    const plaintext = Buffer.from('9999014101900001');
    const sealed = Buffer.from(sealer.seal(plaintext, 'case'));
    expect(sealed).toHaveLength(ENVELOPE_BYTES + plaintext.length);
    expect(sealed.includes(plaintext)).toBe(false);
  });

  it('seals the same bytes differently each time, from the first random byte on', () => {
    const plaintext = Buffer.alloc(64);
    const seals = Array.from({ length: 100 }, () => Buffer.from(sealer.seal(plaintext, 'case')));
    for (const [from, to] of [
      [5, 17],
      [17, 49],
      [65, 77],
      [77, 141],
    ]) {
      expect(new Set(seals.map((sealed) => sealed.toString('hex', from, to))).size).toBe(100);
    }
  });

  it('leaves the plaintext and the key of its caller as they were', () => {
    const key = Uint8Array.from(KEY);
    const plaintext = Uint8Array.of(1, 2, 3);
    new Sealer('identity', key).seal(plaintext, 'case');
    expect([Array.from(plaintext), sameBytes(key, KEY)]).toEqual([[1, 2, 3], true]);
  });

  it('keeps its own copy of the key, so that the caller may wipe his', () => {
    const key = Uint8Array.from(KEY);
    const early = new Sealer('identity', key);
    key.fill(0);
    expect(sameBytes(sealer.open(early.seal(Uint8Array.of(5), 'case'), 'case'), Uint8Array.of(5))).toBe(true);
  });

  it.each([0, 16, 31, 33])('refuses a key of %i bytes', (length) => {
    expect(() => new Sealer('identity', new Uint8Array(length))).toThrow(
      expect.objectContaining({ code: 'SEALING.UNUSABLE_KEY' }),
    );
  });
});

describe('a sealed value that was tampered with', () => {
  const sealed = sealer.seal(Buffer.from('9999014101900001'), 'case');

  it('does not open after any flip of any bit', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => sealer.open(flipped, 'case')).toThrow(
        isKeyIdByte(bit >> 3) ? UnknownKeyError : SealBrokenError,
      );
    }
  });

  it('does not open when cut short or continued', () => {
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => sealer.open(sealed.subarray(0, length), 'case')).toThrow(SealBrokenError);
    }
    expect(() => sealer.open(Buffer.concat([sealed, Uint8Array.of(0)]), 'case')).toThrow(SealBrokenError);
  });

  it('does not open when its content came from another value of the same key and context', () => {
    const other = sealer.seal(Buffer.from('9999014101900002'), 'case');
    const mixed = Buffer.concat([sealed.subarray(0, 65), other.subarray(65)]);
    expect(() => sealer.open(mixed, 'case')).toThrow(SealBrokenError);
  });

  it('does not open for any other context', () => {
    fc.assert(
      fc.property(context, context, (sealedFor, openedFor) => {
        fc.pre(sealedFor !== openedFor);
        const value = sealer.seal(Uint8Array.of(1), sealedFor);
        expect(() => sealer.open(value, openedFor)).toThrow(SealBrokenError);
      }),
    );
  });

  it('answers as invalid, with a stable code and without a byte of the value', () => {
    expect(() => sealer.open(sealed, 'other case')).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'SEALING.BROKEN', details: {} }),
    );
  });

  function isKeyIdByte(index: number): boolean {
    return index >= 1 && index < 5;
  }
});

describe('a value that belongs to somebody else', () => {
  it.each([
    ['another key', new Sealer('identity', OTHER_KEY)],
    ['the same key for another purpose', new Sealer('template', KEY)],
  ])('is recognised when sealed under %s', (_, foreign) => {
    const value = foreign.seal(Uint8Array.of(1), 'case');
    expect(() => sealer.open(value, 'case')).toThrow(
      expect.objectContaining({ name: 'ServiceError', kind: 'internal', code: 'SEALING.UNKNOWN_KEY' }),
    );
  });

  it('does not open for another purpose even when its key id is forged', () => {
    const forged = Buffer.from(new Sealer('template', KEY).seal(Uint8Array.of(1), 'case'));
    forged.set(sealer.seal(Uint8Array.of(1), 'case').subarray(1, 5), 1);
    expect(() => sealer.open(forged, 'case')).toThrow(SealBrokenError);
  });
});

describe('the layout of version 1', () => {
  it('is what its documentation says, so that stored values open for ever', () => {
    const sealed = Buffer.from(sealer.seal(Buffer.from('text'), 'case-1'));
    const authenticated = Buffer.from('identity\0case-1');
    const keyId = createHash('sha256').update('identity\0').update(KEY).digest().subarray(0, 4);
    expect(sealed.subarray(0, 5)).toEqual(Buffer.concat([Uint8Array.of(1), keyId]));
    const dataKey = gcmOpen(
      KEY,
      sealed.subarray(5, 17),
      sealed.subarray(17, 49),
      sealed.subarray(49, 65),
      authenticated,
    );
    const text = gcmOpen(
      dataKey,
      sealed.subarray(65, 77),
      sealed.subarray(77, -16),
      sealed.subarray(-16),
      authenticated,
    );
    expect(text.toString()).toBe('text');
  });

  function gcmOpen(
    key: Buffer,
    nonce: Buffer,
    ciphertext: Buffer,
    tag: Buffer,
    authenticated: Buffer,
  ): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
    decipher.setAAD(authenticated).setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  }

  it('opens a value that another program sealed by that documentation', () => {
    expect(openText(sealer, SEALED_ELSEWHERE, 'case-1')).toBe('9999014101900001');
  });
});

describe('sealText', () => {
  it('returns the text, whatever script it is in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), context, (text, where) => {
        expect(openText(sealer, sealText(sealer, text, where), where)).toBe(text);
      }),
    );
  });

  it('fits the sealed fields of the contracts', () => {
    expect(sealText(sealer, '9999014101900001', 'case')).toMatch(/^[A-Za-z0-9_-]{146}$/);
  });

  it.each([
    ['padding', (sealed: string) => `${sealed}=`],
    ['blanks', (sealed: string) => ` ${sealed}`],
    ['characters that decoders skip', (sealed: string) => `${sealed.slice(0, 9)}!${sealed.slice(9)}`],
    ['nothing', () => ''],
  ])('accepts one spelling only: not one with %s', (_, respell) => {
    const sealed = sealText(sealer, '9999014101900001', 'case');
    expect(() => openText(sealer, respell(sealed), 'case')).toThrow(SealBrokenError);
  });
});
