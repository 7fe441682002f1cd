import type { Size } from '../face/geometry.js';
import { readOrientation } from './exif-orientation.js';
import type { HeaderFault, ReadImage } from './image-header.js';
import { hasAscii, viewOf } from './image-header.js';
import type { WebpChunk } from './webp-chunks.js';
import { riffHeader, webpChunks } from './webp-chunks.js';

const VP8_START_CODE = [0x9d, 0x01, 0x2a];
const LOSSLESS_SIGNATURE = 0x2f;
const EXTENDED_LENGTH = 10;

// A capture that a phone writes has at most five: extension, profile, alpha, pixels and two of metadata.
const MAX_CHUNKS = 32;

export function isWebp(bytes: Uint8Array): boolean {
  return hasAscii(bytes, 0, 'RIFF') && hasAscii(bytes, 8, 'WEBP');
}

interface WebpParts {
  extended?: WebpChunk;
  alpha?: WebpChunk;
  pixels?: WebpChunk;
  exif?: WebpChunk;
}

const PART_OF_TYPE: Readonly<Record<string, keyof WebpParts>> = {
  VP8X: 'extended',
  ALPH: 'alpha',
  'VP8 ': 'pixels',
  VP8L: 'pixels',
  EXIF: 'exif',
};

/** Lossy, lossless, or either of them extended by alpha and metadata. */
export function readWebp(bytes: Uint8Array): ReadImage | HeaderFault {
  const parts = collectParts(bytes);
  if (typeof parts === 'string') return parts;
  const { pixels, alpha, extended } = parts;
  const size = pixels && readFrameSize(pixels);
  if (!size || (extended && !isCanvas(extended, size))) return 'image-header-malformed';
  const hasAlpha = pixels.type === 'VP8L' || alpha !== undefined;
  const kept =
    alpha && pixels.type === 'VP8 ' ? [extension(size), alpha.whole, pixels.whole] : [pixels.whole];
  return {
    header: { mediaType: 'image/webp', ...size },
    orientation: parts.exif ? readOrientation(parts.exif.content) : 1,
    decodedBytes: size.width * size.height * (hasAlpha ? 4 : 3),
    decodedWhole: true,
    essence: [riffHeader(kept), ...kept],
  };
}

function collectParts(bytes: Uint8Array): WebpParts | HeaderFault {
  const parts: WebpParts = {};
  let count = 0;
  for (const chunk of webpChunks(bytes)) {
    count += 1;
    if (chunk.type === 'ANIM' || chunk.type === 'ANMF') return 'image-animated';
    if (count > MAX_CHUNKS) return 'image-header-malformed';
    const part = PART_OF_TYPE[chunk.type];
    if (part) parts[part] ??= chunk;
  }
  return parts;
}

function readFrameSize({ type, content }: WebpChunk): Size | undefined {
  const view = viewOf(content);
  if (type === 'VP8L') {
    if (content.length < 5 || content[0] !== LOSSLESS_SIGNATURE) return undefined;
    const bits = view.getUint32(1, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (content.length < 10 || !VP8_START_CODE.every((byte, index) => content[3 + index] === byte))
    return undefined;
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

/** Of one picture, as opposed to a frame of an animation, the canvas has the size. */
function isCanvas({ content }: WebpChunk, { width, height }: Size): boolean {
  if (content.length < EXTENDED_LENGTH) return false;
  const view = viewOf(content);
  return uint24(view, 4) + 1 === width && uint24(view, 7) + 1 === height;
}

/** An extension that says of the picture that it has alpha, and nothing else. */
function extension({ width, height }: Size): Uint8Array {
  const chunk = Buffer.from('VP8X\x0a\0\0\0\x10', 'latin1');
  const whole = Buffer.concat([chunk, Buffer.alloc(9)]);
  whole.writeUIntLE(width - 1, 12, 3);
  whole.writeUIntLE(height - 1, 15, 3);
  return whole;
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
