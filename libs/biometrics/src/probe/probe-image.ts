import type { HeaderFault, ImageHeader, ReadImage } from './image-header.js';
import { isJpeg, readJpeg } from './jpeg-header.js';
import { isPng, readPng } from './png-header.js';
import { isWebp, readWebp } from './webp-header.js';

export type ImageRejection =
  | 'image-empty'
  | 'image-too-many-bytes'
  | 'image-type-unknown'
  | 'image-too-small'
  | 'image-too-large'
  | HeaderFault;

export interface ProbedImage {
  readonly kind: 'image';
  readonly header: ImageHeader;
  readonly orientation: number;
  /** The same picture without its metadata, in parts of the bytes given. */
  readonly essence: readonly Uint8Array[];
}

export type ImageProbe = ProbedImage | { readonly kind: 'rejected'; readonly code: ImageRejection };

export const imageLimits = {
  bytes: 10 * 1024 * 1024,
  pixels: 25_000_000,
  minSide: 64,
  maxSide: 8192,
  /** All pixels at 8 bits and three channels. */
  decodedBytes: 75_000_000,
  /** Where they have to be held at once (progressive JPEG, interlaced PNG, WebP): half as many, which still
   *  is the sensor of a phone. */
  heldPixels: 12_500_000,
  heldBytes: 37_500_000,
} as const;

/** Judges an upload by its structure alone: decoding is where a hostile file costs memory and time. The declared
 *  media type is not asked; what the bytes are is what a decoder would make of them. */
export function probeImage(bytes: Uint8Array): ImageProbe {
  if (bytes.length === 0) return rejected('image-empty');
  if (bytes.length > imageLimits.bytes) return rejected('image-too-many-bytes');
  const read = readerFor(bytes);
  if (!read) return rejected('image-type-unknown');
  const image = read(bytes);
  return typeof image === 'string' ? rejected(image) : judgeSize(image);
}

type ImageReader = (bytes: Uint8Array) => ReadImage | HeaderFault;

function readerFor(bytes: Uint8Array): ImageReader | undefined {
  if (isJpeg(bytes)) return readJpeg;
  if (isPng(bytes)) return readPng;
  return isWebp(bytes) ? readWebp : undefined;
}

function judgeSize(image: ReadImage): ImageProbe {
  const { header, orientation, essence } = image;
  const { width, height } = header;
  if (Math.min(width, height) < imageLimits.minSide) return rejected('image-too-small');
  if (Math.max(width, height) > imageLimits.maxSide || width * height > imageLimits.pixels) {
    return rejected('image-too-large');
  }
  return isTooMuchWork(image) ? rejected('image-too-large') : { kind: 'image', header, orientation, essence };
}

function isTooMuchWork({ header, decodedBytes, decodedWhole }: ReadImage): boolean {
  if (!decodedWhole) return decodedBytes > imageLimits.decodedBytes;
  return decodedBytes > imageLimits.heldBytes || header.width * header.height > imageLimits.heldPixels;
}

function rejected(code: ImageRejection): ImageProbe {
  return { kind: 'rejected', code };
}
