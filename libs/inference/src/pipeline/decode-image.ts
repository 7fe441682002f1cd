import type { ImageHeader, ImageRejection, RgbImage } from '@absah/biometrics';
import { probeImage } from '@absah/biometrics';
import sharp from 'sharp';
import type { SharpOptions } from 'sharp';

/** Why bytes are not a picture: refused by header, or a decoder gave up on them. */
export type UnreadableCode = ImageRejection | 'image-damaged';

export type DecodedImage =
  | {
      readonly kind: 'image';
      readonly image: RgbImage;
      /** Pixels of the picture as sent per pixel of `image`. */
      readonly workingScale: number;
    }
  | { readonly kind: 'unreadable'; readonly code: UnreadableCode };

// Parallel work is for parallel captures, and no two captures share a picture.
sharp.concurrency(1);
sharp.cache(false);

// A face in a larger picture has more pixels than any model reads.
const MAX_WORKING_SIDE = 1280;

const DECODE_OPTIONS: SharpOptions = {
  // Half a picture must not pass as a whole one: libjpeg alone would fill the rest with grey.
  failOn: 'error',
  limitInputPixels: 25_000_000,
  // An embedded profile is one more parser for hostile bytes, and no model notices the difference.
  ignoreIcc: true,
};

const damaged: DecodedImage = { kind: 'unreadable', code: 'image-damaged' };

/** The only decode of a capture: upright by its EXIF orientation, red-green-blue, at a working size. */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  const probe = probeImage(bytes);
  if (probe.kind === 'rejected') return { kind: 'unreadable', code: probe.code };
  try {
    return await decodeProbed(bytes, probe.header);
  } catch {
    // The decoder's message may quote metadata of the file, so it goes no further.
    return damaged;
  }
}

/** Believes the probe only as far as the decoder agrees: a file that shows each another size is forged. */
export async function decodeProbed(bytes: Uint8Array, header: ImageHeader): Promise<DecodedImage> {
  const pipeline = sharp(bytes, DECODE_OPTIONS);
  // Parses the header and decodes nothing. Both sizes are as stored, before EXIF turns the picture.
  const { width, height } = await pipeline.metadata();
  if (width !== header.width || height !== header.height) return damaged;
  const longest = Math.max(width, height);
  pipeline.autoOrient();
  if (longest > MAX_WORKING_SIDE) {
    pipeline.resize({ width: MAX_WORKING_SIDE, height: MAX_WORKING_SIDE, fit: 'inside', kernel: 'linear' });
  }
  const { data, info } = await pipeline
    .flatten()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) return damaged;
  return {
    kind: 'image',
    image: { data, width: info.width, height: info.height },
    workingScale: longest / Math.max(info.width, info.height),
  };
}
