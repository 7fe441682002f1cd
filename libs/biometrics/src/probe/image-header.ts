import type { Size } from '../face/geometry.js';

export type ImageMediaType = 'image/jpeg' | 'image/png' | 'image/webp';

export interface ImageHeader extends Size {
  readonly mediaType: ImageMediaType;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function hasAscii(bytes: Uint8Array, offset: number, text: string): boolean {
  return Array.from(text).every((letter, index) => bytes[offset + index] === letter.charCodeAt(0));
}
