import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packFrames, unpackFrames } from './packed-frames.js';

const bursts = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 24 });

describe('packed frames', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(bursts, (frames) => {
        const unpacked = unpackFrames(packFrames(frames))?.map((frame) => Uint8Array.from(frame));
        expect(unpacked).toEqual(frames);
      }),
    );
  });

  it('that are cut short or have something behind them are none', () => {
    const packed = packFrames([Uint8Array.of(1, 2, 3), Uint8Array.of(4)]);
    expect(unpackFrames(packed.subarray(0, -1))).toBeUndefined();
    expect(unpackFrames(packed.subarray(0, 9))).toBeUndefined();
    expect(unpackFrames(Buffer.concat([packed, Uint8Array.of(0)]))).toBeUndefined();
  });

  it('are not looked for beyond the end, whatever a length says', () => {
    expect(unpackFrames(Uint8Array.of(255, 255, 255, 255, 1))).toBeUndefined();
  });
});
