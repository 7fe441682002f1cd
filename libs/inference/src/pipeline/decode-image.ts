import type { ImageHeader, ImageRejection, ProbedImage, RgbImage } from '@absah/biometrics';
import { probeImage } from '@absah/biometrics';
import sharp from 'sharp';
import type { Sharp, SharpOptions } from 'sharp';
import { giveBack } from './give-back.js';

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

// Of libvips' many parsers only three may ever see a stranger's bytes, whatever those look like. Its loader for
// Ultra HDR would otherwise take any JPEG that claims a gain map.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] });

// A face in a larger picture has more pixels than any model reads.
const MAX_WORKING_SIDE = 1280;

// Far beyond what the largest picture takes on a busy machine.
const DECODE_TIMEOUT_SECONDS = 5;

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
    return await decodeProbed(probe);
  } catch {
    // The decoder's message may quote metadata of the file, so it goes no further.
    return damaged;
  }
}

/** Believes the probe only as far as the decoder agrees: a file that shows each another size is forged. */
export async function decodeProbed({ header, orientation, essence }: ProbedImage): Promise<DecodedImage> {
  const encoded = Buffer.concat(essence);
  try {
    return await decode(encoded, header, orientation);
  } finally {
    giveBack(encoded);
  }
}

async function decode(encoded: Buffer, header: ImageHeader, orientation: number): Promise<DecodedImage> {
  const pipeline = sharp(encoded, DECODE_OPTIONS).timeout({ seconds: DECODE_TIMEOUT_SECONDS });
  // Parses the header and decodes nothing. Both sizes are as stored, before EXIF turns the picture.
  const { format, width, height } = await pipeline.metadata();
  if (`image/${format}` !== header.mediaType) return damaged;
  if (width !== header.width || height !== header.height) return damaged;
  const longest = Math.max(width, height);
  if (longest > MAX_WORKING_SIDE) {
    pipeline.resize({ width: MAX_WORKING_SIDE, height: MAX_WORKING_SIDE, fit: 'inside', kernel: 'linear' });
  }
  const { data, info } = await turnUpright(pipeline, orientation)
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

interface Turn {
  readonly mirror: boolean;
  /** Clockwise, after the mirror. */
  readonly degrees: number;
}

const TURNS: Readonly<Record<number, Turn>> = {
  2: { mirror: true, degrees: 0 },
  3: { mirror: false, degrees: 180 },
  4: { mirror: true, degrees: 180 },
  5: { mirror: true, degrees: 270 },
  6: { mirror: false, degrees: 90 },
  7: { mirror: true, degrees: 90 },
  8: { mirror: false, degrees: 270 },
};

/** After the picture is made smaller, for there is less to turn. */
function turnUpright(pipeline: Sharp, orientation: number): Sharp {
  const turn = TURNS[orientation];
  if (!turn) return pipeline;
  return pipeline.flop(turn.mirror).rotate(turn.degrees);
}
