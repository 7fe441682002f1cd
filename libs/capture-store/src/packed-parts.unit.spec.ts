import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packParts, unpackParts } from './packed-parts.js';

const several = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 24 });

describe('packed parts', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(several, (parts) => {
        const unpacked = unpackParts(packParts(parts))?.map((part) => Uint8Array.from(part));
        expect(unpacked).toEqual(parts);
      }),
    );
  });

  it('that are cut short or have something behind them are none', () => {
    const packed = packParts([Uint8Array.of(1, 2, 3), Uint8Array.of(4)]);
    expect(unpackParts(packed.subarray(0, -1))).toBeUndefined();
    expect(unpackParts(packed.subarray(0, 9))).toBeUndefined();
    expect(unpackParts(Buffer.concat([packed, Uint8Array.of(0)]))).toBeUndefined();
  });

  it('are not looked for beyond the end, whatever a length says', () => {
    expect(unpackParts(Uint8Array.of(255, 255, 255, 255, 1))).toBeUndefined();
  });
});
