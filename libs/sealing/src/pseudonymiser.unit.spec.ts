import { describe, expect, it } from '@jest/globals';
import type { Nik } from '@absah/domain-kit';
import { Pseudonymiser } from './pseudonymiser.js';

/** From `openssl dgst -sha256 -mac HMAC`, with a key of 32 bytes 0x07. */
const SUBJECT_REF_OF_THE_KNOWN_KEY = '3ee6d4c3c073af43ede48c7d35e571f62bad93ad49b483ce81281bd6e9d79eb6';

describe('Pseudonymiser', () => {
  it.each([
    [
      '1',
      Buffer.alloc(20, 0x0b),
      'Hi There',
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      '6',
      Buffer.alloc(131, 0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('computes test case %s of RFC 4231', (_, key, data, expected) => {
    expect(new Pseudonymiser(key).subjectRef(data as Nik)).toBe(expected);
  });

  it('gives a person the same reference as long as the key lasts', () => {
    const subjectRef = new Pseudonymiser(Buffer.alloc(32, 7)).subjectRef('9999014101900001' as Nik);
    expect(subjectRef).toBe(SUBJECT_REF_OF_THE_KNOWN_KEY);
  });

  it('gives another person, or the same under another key, another reference', () => {
    const references = [7, 8].flatMap((fill) =>
      ['9999014101900001', '9999014101900002'].map((nik) =>
        new Pseudonymiser(Buffer.alloc(32, fill)).subjectRef(nik as Nik),
      ),
    );
    expect(new Set(references).size).toBe(4);
  });

  it('refuses a key that could be guessed', () => {
    expect(() => new Pseudonymiser(new Uint8Array(15))).toThrow(
      expect.objectContaining({ code: 'SEALING.UNUSABLE_KEY' }),
    );
  });
});
