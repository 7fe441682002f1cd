import type { Size } from '../face/geometry.js';

export type ImageMediaType = 'image/jpeg' | 'image/png' | 'image/webp';

export interface ImageHeader extends Size {
  readonly mediaType: ImageMediaType;
}

/** What can be told of a picture without decoding it. */
export interface ReadImage {
  readonly header: ImageHeader;
  /** How the camera was held, 1 to 8 as EXIF numbers it. */
  readonly orientation: number;
  /** What its pixels take as they leave the decompressor. */
  readonly decodedBytes: number;
  /** Whether a decoder must hold all of that at once, where otherwise it would give it out line by line. */
  readonly decodedWhole: boolean;
  /** The picture without its metadata: profiles, thumbnails, comments and EXIF are parsers' bait. */
  readonly essence: readonly Uint8Array[];
}

/** Why a file of a known type is not read. */
export type HeaderFault = 'image-header-malformed' | 'image-coding-unsupported' | 'image-animated';

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function hasAscii(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[offset + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
