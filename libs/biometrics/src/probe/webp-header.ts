import type { ImageHeader } from './image-header.js';
import { hasAscii, viewOf } from './image-header.js';

const VP8_START_CODE = [0x9d, 0x01, 0x2a];
// No picture of a size that is accepted fits into less than the longest of the three headers.
const LONGEST_HEADER = 30;
const LOSSLESS_SIGNATURE = 0x2f;

export function isWebp(bytes: Uint8Array): boolean {
  return hasAscii(bytes, 0, 'RIFF') && hasAscii(bytes, 8, 'WEBP');
}

/** The first chunk tells the size in one of three ways: lossy, lossless or extended. */
export function readWebpHeader(bytes: Uint8Array): ImageHeader | undefined {
  if (bytes.length < LONGEST_HEADER) return undefined;
  const view = viewOf(bytes);
  if (hasAscii(bytes, 12, 'VP8X')) return webp(1 + uint24(view, 24), 1 + uint24(view, 27));
  if (hasAscii(bytes, 12, 'VP8L') && view.getUint8(20) === LOSSLESS_SIGNATURE) {
    const bits = view.getUint32(21, true);
    return webp(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
  }
  if (hasAscii(bytes, 12, 'VP8 ') && VP8_START_CODE.every((byte, index) => bytes[23 + index] === byte)) {
    return webp(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  }
  return undefined;
}

function webp(width: number, height: number): ImageHeader {
  return { mediaType: 'image/webp', width, height };
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
