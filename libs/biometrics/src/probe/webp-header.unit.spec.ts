import { describe, expect, it } from '@jest/globals';
import { readWebp } from './webp-header.js';

/** A prefix code of 2 ** `length` symbols, all of that length, as it stands in a stream of bits. */
function codeOf(length: number, alphabet: number): string {
  const order = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8];
  const lengths = order.map((one) => (one === 0 || one === length ? '100' : '000'));
  const used = 2 ** length;
  return ['0', '0001', ...lengths, '0', '1'.repeat(used), '0'.repeat(alphabet - used)].join('');
}

/** 64 × 64 pixels in tiles of 4 × 4, of whose map 8 bits of green and the others of red name a set. */
function losslessOfSets(bitsOfSet: number): Uint8Array {
  const oneSymbol = '1000';
  const codes = [codeOf(8, 256 + 24), codeOf(bitsOfSet - 8, 256), oneSymbol, oneSymbol, oneSymbol];
  // No transform, no cache; tiles of the least side; no cache for their map.
  const bits = ['0', '0', '1', '000', '0', ...codes, '0'.repeat(256 * bitsOfSet)].join('');
  const content = Buffer.alloc(5 + Math.ceil(bits.length / 8));
  content.set([0x2f, 63, 0xc0, 0x0f, 0]);
  for (let at = 0; at < bits.length; at += 1) {
    if (bits[at] === '1') content[5 + (at >> 3)]! |= 1 << (at & 7);
  }
  const header = Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0', 'latin1');
  header.writeUInt32LE(content.length, 16);
  return Buffer.concat([header, content]);
}

describe('readWebp', () => {
  it('refuses a lossless picture of more sets of prefix codes than an encoder makes', () => {
    expect(readWebp(losslessOfSets(12))).toMatchObject({ header: { width: 64, height: 64 } });
    expect(readWebp(losslessOfSets(13))).toBe('image-coding-unsupported');
  });
});
