import type { Size } from '../face/geometry.js';
import { readOrientation } from './exif-orientation.js';
import type { HeaderFault, ReadImage } from './image-header.js';
import { hasAscii, viewOf } from './image-header.js';
import { countPrefixCodeSets } from './lossless-webp/count-prefix-codes.js';
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

// The usual encoder makes 2,600 at most.
const MAX_PREFIX_CODE_SETS = 4096;

interface WebpParts {
  extended?: WebpChunk;
  pixels?: WebpChunk;
  exif?: WebpChunk;
}

const PART_OF_TYPE: Readonly<Record<string, keyof WebpParts>> = {
  VP8X: 'extended',
  'VP8 ': 'pixels',
  VP8L: 'pixels',
  EXIF: 'exif',
};

/** Lossy, lossless, or either of them extended. Alpha goes with the metadata: it is a second picture, coded by
 *  itself, and a camera has no use for it. */
export function readWebp(bytes: Uint8Array): ReadImage | HeaderFault {
  const parts = collectParts(bytes);
  if (typeof parts === 'string') return parts;
  const { pixels, extended } = parts;
  const size = pixels && readFrameSize(pixels);
  if (!size || (extended && !isCanvas(extended, size))) return 'image-header-malformed';
  const isLossless = pixels.type === 'VP8L';
  if (isLossless && !isModest(pixels, size)) return 'image-coding-unsupported';
  return {
    header: { mediaType: 'image/webp', ...size },
    orientation: parts.exif ? readOrientation(parts.exif.content) : 1,
    decodedBytes: size.width * size.height * (isLossless ? 4 : 3),
    decodedWhole: true,
    essence: [riffHeader(pixels.whole), pixels.whole],
  };
}

function isModest({ content }: WebpChunk, size: Size): boolean {
  const sets = countPrefixCodeSets(content, size);
  return sets !== undefined && sets <= MAX_PREFIX_CODE_SETS;
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

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
