import { probeImage, type ProbedImage } from '@absah/biometrics';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { decodeImage, decodeProbed } from './decode-image.js';

interface Sides {
  readonly width: number;
  readonly height: number;
}

const small: Sides = { width: 640, height: 480 };
/** Just below the limit of pixels. */
const huge: Sides = { width: 4900, height: 4900 };

function picture(size: Sides) {
  return sharp({ create: { ...size, channels: 3, background: '#777' } });
}

const uint16 = (value: number) => [value >> 8, value & 0xff];
const deceived = (bytes: Buffer, size: Sides): ProbedImage => ({
  kind: 'image',
  header: { mediaType: 'image/jpeg', ...size },
  orientation: 1,
  essence: [bytes],
});

/**
 * Shows `shown` to a reader that takes the two bytes behind TEM (FF 01), a marker without a length, for
 * one: they are FF E9, so it jumps to a false frame header within that APP9. libjpeg steps over both.
 */
async function forged(real: Sides, shown: Sides): Promise<Buffer> {
  const tem = 2;
  const application = tem + 2;
  const segment = Buffer.alloc(2 + 0xffff, 0x55);
  segment.set([0xff, 0xe9, 0xff, 0xff]);
  const frame = [0xff, 0xc0, 0, 17, 8, ...uint16(shown.height), ...uint16(shown.width), 3];
  segment.set(frame, tem + 2 + 0xffe9 - application);
  const jpeg = await picture(real).jpeg().toBuffer();
  return Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0x01), segment, jpeg.subarray(2)]);
}

describe('decodeImage', () => {
  describe.each([
    ['hides its true size', huge, { width: 200, height: 200 }],
    ['claims a size to come closer', small, huge],
  ])('given a file that %s', (_, real, shown) => {
    it('is told by the probe that it is no picture', async () => {
      const bytes = await forged(real, shown);
      expect(probeImage(bytes)).toEqual({ kind: 'rejected', code: 'image-header-malformed' });
      expect(await decodeImage(bytes)).toEqual({ kind: 'unreadable', code: 'image-header-malformed' });
    });

    it('would not believe a probe that was deceived', async () => {
      const bytes = await forged(real, shown);
      expect(await decodeProbed(deceived(bytes, shown))).toEqual({
        kind: 'unreadable',
        code: 'image-damaged',
      });
      expect(await decodeProbed(deceived(bytes, real))).toMatchObject({
        kind: 'image',
        workingScale: Math.max(real.width, real.height) / Math.min(1280, real.width),
      });
    });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'turns a picture of EXIF orientation %i, whose sides it compares as stored',
    async (orientation) => {
      const bytes = await picture({ width: 2560, height: 1920 })
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer();
      const [width, height] = orientation < 5 ? [1280, 960] : [960, 1280];
      expect(await decodeImage(bytes)).toMatchObject({
        kind: 'image',
        image: { width, height },
        workingScale: 2,
      });
    },
  );

  it.each(['jpeg', 'png', 'webp'] as const)(
    'turns a %s to the very pixels to which libvips would turn it',
    async (format) => {
      const noise = { type: 'gaussian', mean: 128, sigma: 50 } as const;
      const grain = sharp({ create: { width: 96, height: 64, channels: 3, noise, background: '#000' } });
      for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
        const bytes = await grain.clone().withMetadata({ orientation }).toFormat(format).toBuffer();
        const expected = await sharp(bytes).autoOrient().raw().toBuffer();
        const decoded = await decodeImage(bytes);
        expect(decoded.kind === 'image' && expected.equals(decoded.image.data)).toBe(true);
      }
    },
  );

  it('sees the same picture with all metadata and without', async () => {
    const plain = await picture(small).jpeg().toBuffer();
    const loaded = await sharp(plain)
      .withIccProfile('p3')
      .withExif({ IFD0: { Copyright: 'x'.repeat(30_000) } })
      .jpeg()
      .toBuffer();
    expect(loaded.length).toBeGreaterThan(plain.length + 30_000);
    expect(await decodeImage(loaded)).toEqual(await decodeImage(await sharp(plain).jpeg().toBuffer()));
  });

  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['GIF', () => picture(small).gif().toBuffer()],
    ['TIFF', () => picture(small).tiff().toBuffer()],
    ['AVIF', () => picture(small).avif({ effort: 0 }).toBuffer()],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"/>')],
  ])('refuses a %s, and libvips itself has no parser left for it', async (_, make) => {
    const bytes = await make();
    expect(await decodeImage(bytes)).toEqual({ kind: 'unreadable', code: 'image-type-unknown' });
    await expect(sharp(bytes).metadata()).rejects.toThrow('unsupported image format');
  });

  it('believes no probe that took one format for another', async () => {
    const probed = deceived(await picture(small).png().toBuffer(), small);
    expect(await decodeProbed(probed)).toEqual({ kind: 'unreadable', code: 'image-damaged' });
  });
});
