import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { DecodedImage } from './decode-image.js';
import { giveBack } from './give-back.js';
import { StageClock } from './stage-clock.js';
import { whileDecoded } from './while-decoded.js';

const picture = sharp({ create: { width: 80, height: 80, channels: 3, background: '#777' } });

/** What `look` was shown, to be looked at again when it is too late. */
async function shown(look: (decoded: DecodedImage) => Promise<void>): Promise<Uint8Array> {
  let pixels: Uint8Array = new Uint8Array();
  const looked = whileDecoded(await picture.jpeg().toBuffer(), new StageClock(), async (decoded) => {
    if (decoded.kind === 'image') pixels = decoded.image.data;
    expect(pixels).toHaveLength(80 * 80 * 3);
    await look(decoded);
  });
  await looked.catch(() => undefined);
  return pixels;
}

describe('whileDecoded', () => {
  it('leaves nothing of the picture in memory when it has been looked at', async () => {
    expect(await shown(() => Promise.resolve())).toHaveLength(0);
  });

  it('nor when looking at it failed', async () => {
    expect(await shown(() => Promise.reject(new Error('a model broke down')))).toHaveLength(0);
  });

  it('answers what was seen, and takes the time that decoding took', async () => {
    const clock = new StageClock();
    expect(await whileDecoded(Uint8Array.of(1, 2, 3), clock, (decoded) => Promise.resolve(decoded))).toEqual({
      kind: 'unreadable',
      code: 'image-type-unknown',
    });
    expect(Object.keys(clock.timings())).toEqual(['decode']);
  });
});

describe('giveBack', () => {
  it('leaves memory alone that others share', () => {
    const shared = new Uint8Array(8).fill(1);
    giveBack(shared.subarray(2, 4));
    expect(shared).toHaveLength(8);
  });
});
