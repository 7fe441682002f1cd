import type { ImageHeader } from './image-header.js';
import { isJpeg, readJpegHeader } from './jpeg-header.js';
import { isPng, readPngHeader } from './png-header.js';
import { isWebp, readWebpHeader } from './webp-header.js';

export type ImageRejection =
  | 'image-empty'
  | 'image-too-many-bytes'
  | 'image-type-unknown'
  | 'image-header-malformed'
  | 'image-too-small'
  | 'image-too-large';

export type ImageProbe =
  | { readonly kind: 'image'; readonly header: ImageHeader }
  | { readonly kind: 'rejected'; readonly code: ImageRejection };

export const imageLimits = {
  bytes: 10 * 1024 * 1024,
  pixels: 25_000_000,
  minSide: 64,
  maxSide: 8192,
} as const;

/** Judges an upload by its header alone: decoding is where a hostile file costs memory. The declared media
 *  type is not asked; what the bytes are is what a decoder would make of them. */
export function probeImage(bytes: Uint8Array): ImageProbe {
  if (bytes.length === 0) return rejected('image-empty');
  if (bytes.length > imageLimits.bytes) return rejected('image-too-many-bytes');
  const read = readerFor(bytes);
  if (!read) return rejected('image-type-unknown');
  const header = read(bytes);
  return header ? judgeSize(header) : rejected('image-header-malformed');
}

type HeaderReader = (bytes: Uint8Array) => ImageHeader | undefined;

function readerFor(bytes: Uint8Array): HeaderReader | undefined {
  if (isJpeg(bytes)) return readJpegHeader;
  if (isPng(bytes)) return readPngHeader;
  return isWebp(bytes) ? readWebpHeader : undefined;
}

function judgeSize(header: ImageHeader): ImageProbe {
  const { width, height } = header;
  if (Math.min(width, height) < imageLimits.minSide) return rejected('image-too-small');
  if (Math.max(width, height) > imageLimits.maxSide || width * height > imageLimits.pixels) {
    return rejected('image-too-large');
  }
  return { kind: 'image', header };
}

function rejected(code: ImageRejection): ImageProbe {
  return { kind: 'rejected', code };
}
