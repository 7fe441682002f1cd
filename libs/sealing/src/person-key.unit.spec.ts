import { createDecipheriv, createHmac, createSecretKey } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SealBrokenError, UnknownKeyError } from './errors.js';
import { derivePurposeKey, keyIdOf, PersonKey } from './person-key.js';
import { keyIdOfText, openText, sealText } from './seal-text.js';

const KEY = Buffer.alloc(32, 7);
const KEY_ID = '019ab0c1-2345-7678-9abc-def012345678';
const OTHER_ID = '019ab0c1-2345-7678-9abc-def012345679';
const OVERHEAD_BYTES = 45;
const KEY_ID_ENDS_AT = 17;

const key = new PersonKey(KEY_ID, 'identity', KEY);
const bytes = fc.uint8Array({ maxLength: 300 });
const context = fc.string({ maxLength: 40 });

function usedByBuffers(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}

describe('PersonKey (A3)', () => {
  it('is cached by the thousand: it keeps nothing of the memory pool that buffers share', () => {
    const before = usedByBuffers();
    const keys = Array.from({ length: 500 }, () => {
      // What others take from the pool between two keys.
      Buffer.allocUnsafe(20_000);
      return new PersonKey(KEY_ID, 'identity', KEY);
    });
    expect(usedByBuffers() - before).toBeLessThan(500_000);
    expect(keys[499]?.keyId).toBe(KEY_ID);
  });

  it('opens what it sealed, for the same context', () => {
    fc.assert(
      fc.property(bytes, context, (plaintext, where) => {
        expect(Uint8Array.from(key.open(key.seal(plaintext, where), where))).toEqual(plaintext);
      }),
    );
  });

  it('opens for no other context', () => {
    fc.assert(
      fc.property(context, context, (sealedFor, openedFor) => {
        fc.pre(sealedFor !== openedFor);
        const value = key.seal(Uint8Array.of(1), sealedFor);
        expect(() => key.open(value, openedFor)).toThrow(SealBrokenError);
      }),
    );
  });

  it('adds 45 bytes, names its key, and shows nothing of the plaintext', () => {
    const plaintext = Buffer.from('9999014101900001');
    const sealed = Buffer.from(key.seal(plaintext, 'case'));
    expect(sealed).toHaveLength(OVERHEAD_BYTES + plaintext.length);
    expect(keyIdOf(sealed)).toBe(KEY_ID);
    expect(sealed.includes(plaintext)).toBe(false);
  });

  it('seals the same text differently each time', () => {
    const seals = Array.from({ length: 100 }, () => Buffer.from(key.seal(Buffer.alloc(64), 'case')));
    for (const [from, to] of [
      [17, 29],
      [29, 93],
    ]) {
      expect(new Set(seals.map((sealed) => sealed.toString('hex', from, to))).size).toBe(100);
    }
  });

  it('does not open after any flip of any bit', () => {
    const sealed = key.seal(Buffer.from('9999014101900001'), 'case');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const at = bit >> 3;
      const names = at >= 1 && at < KEY_ID_ENDS_AT;
      expect(() => key.open(flipped, 'case')).toThrow(names ? UnknownKeyError : SealBrokenError);
    }
  });

  it('does not open when cut short or continued', () => {
    const sealed = key.seal(Buffer.from('9999014101900001'), 'case');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => key.open(sealed.subarray(0, length), 'case')).toThrow(SealBrokenError);
    }
    expect(() => key.open(Buffer.concat([sealed, Uint8Array.of(0)]), 'case')).toThrow(SealBrokenError);
  });

  it.each([
    ['another person', new PersonKey(OTHER_ID, 'identity', KEY), UnknownKeyError],
    ['another purpose', new PersonKey(KEY_ID, 'template', KEY), SealBrokenError],
    ['another key of that name', new PersonKey(KEY_ID, 'identity', Buffer.alloc(32, 8)), SealBrokenError],
  ])('does not open what was sealed for %s', (_, foreign, error) => {
    expect(() => key.open(foreign.seal(Uint8Array.of(1), 'case'), 'case')).toThrow(error);
  });

  it('keeps its own copy of the key, so that the caller may wipe his', () => {
    const own = Uint8Array.from(KEY);
    const early = new PersonKey(KEY_ID, 'identity', own);
    own.fill(0);
    expect(Array.from(key.open(early.seal(Uint8Array.of(5), 'case'), 'case'))).toEqual([5]);
  });

  it('refuses a key that is no key of AES-256', () => {
    expect(() => new PersonKey(KEY_ID, 'identity', new Uint8Array(16))).toThrow(
      expect.objectContaining({ code: 'SEALING.UNUSABLE_KEY' }),
    );
  });
});

describe('the layout of version 2', () => {
  it('is what its documentation says, so that stored values open for ever', () => {
    const sealed = Buffer.from(key.seal(Buffer.from('text'), 'case-1'));
    const head = Buffer.concat([Uint8Array.of(2), Buffer.from(KEY_ID.replaceAll('-', ''), 'hex')]);
    expect(sealed.subarray(0, KEY_ID_ENDS_AT)).toEqual(head);
    const decipher = createDecipheriv('aes-256-gcm', KEY, sealed.subarray(17, 29), { authTagLength: 16 });
    decipher.setAAD(Buffer.concat([head, Buffer.from('identity\0case-1')])).setAuthTag(sealed.subarray(-16));
    const text = Buffer.concat([decipher.update(sealed.subarray(29, -16)), decipher.final()]);
    expect(text.toString()).toBe('text');
  });

  it('fits the sealed fields of the contracts', () => {
    const sealed = sealText(key, '9999014101900001', 'case');
    expect(sealed).toMatch(/^[A-Za-z0-9_-]{82}$/);
    expect([keyIdOfText(sealed), openText(key, sealed, 'case')]).toEqual([KEY_ID, '9999014101900001']);
  });
});

describe('derivePurposeKey', () => {
  const secret = createSecretKey(KEY);

  it('is HKDF-SHA-256 over the person’s secret, so that any program can derive it', () => {
    const extracted = createHmac('sha256', Buffer.alloc(32)).update(KEY).digest();
    const info = Buffer.concat([Buffer.from('absah/person-key/v1/template'), Uint8Array.of(1)]);
    const expected = createHmac('sha256', extracted).update(info).digest();
    expect(Buffer.from(derivePurposeKey(secret, 'template'))).toEqual(expected);
  });

  it('gives each purpose a key of its own', () => {
    expect(derivePurposeKey(secret, 'identity')).not.toEqual(derivePurposeKey(secret, 'template'));
  });
});
