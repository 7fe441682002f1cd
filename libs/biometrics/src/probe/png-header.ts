import type { ImageHeader } from './image-header.js';
import { hasAscii, viewOf } from './image-header.js';

const SIGNATURE = '\x89PNG\r\n\x1a\n';

export function isPng(bytes: Uint8Array): boolean {
  return hasAscii(bytes, 0, SIGNATURE);
}

export function readPngHeader(bytes: Uint8Array): ImageHeader | undefined {
  if (bytes.length < 24 || !hasAscii(bytes, 12, 'IHDR')) return undefined;
  const view = viewOf(bytes);
  return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}
