import type { Size } from '../face/geometry.js';
import { readOrientation } from './exif-orientation.js';
import type { HeaderFault, ReadImage } from './image-header.js';
import { hasAscii, viewOf } from './image-header.js';
import { PNG_SIGNATURE, readPngChunks } from './png-chunks.js';

const IHDR_START = 8;
const IHDR_LENGTH = 13;
const IHDR_CONTENT = 16;
const PALETTE = 3;

/** Channels as decoded, and depths that exist, by type of colour. */
const COLOURS: ReadonlyMap<number, { channels: number; depths: readonly number[] }> = new Map([
  [0, { channels: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { channels: 3, depths: [8, 16] }],
  [PALETTE, { channels: 3, depths: [1, 2, 4, 8] }],
  [4, { channels: 2, depths: [8, 16] }],
  [6, { channels: 4, depths: [8, 16] }],
]);

interface PngHeader extends Size {
  readonly hasPalette: boolean;
  readonly isInterlaced: boolean;
  readonly bytesPerPixel: number;
}

export function isPng(bytes: Uint8Array): boolean {
  return hasAscii(bytes, 0, PNG_SIGNATURE);
}

export function readPng(bytes: Uint8Array): ReadImage | HeaderFault {
  const header = readPngHeader(bytes);
  if (!header) return 'image-header-malformed';
  const chunks = readPngChunks(bytes);
  if (typeof chunks === 'string') return chunks;
  if (header.hasPalette && !chunks.hasPalette) return 'image-header-malformed';
  const { width, height, bytesPerPixel, isInterlaced } = header;
  return {
    header: { mediaType: 'image/png', width, height },
    orientation: chunks.exif ? readOrientation(chunks.exif) : 1,
    decodedBytes: width * height * bytesPerPixel,
    decodedWhole: isInterlaced,
    essence: chunks.essence,
  };
}

function readPngHeader(bytes: Uint8Array): PngHeader | undefined {
  if (bytes.length < IHDR_CONTENT + IHDR_LENGTH || !hasAscii(bytes, IHDR_START + 4, 'IHDR')) return undefined;
  const view = viewOf(bytes);
  if (view.getUint32(IHDR_START) !== IHDR_LENGTH) return undefined;
  const [depth, colourType] = [view.getUint8(IHDR_CONTENT + 8), view.getUint8(IHDR_CONTENT + 9)];
  const [compression, filter, interlace] = [10, 11, 12].map((at) => view.getUint8(IHDR_CONTENT + at));
  const colours = COLOURS.get(colourType);
  if (!colours?.depths.includes(depth) || compression !== 0 || filter !== 0) return undefined;
  if (interlace !== 0 && interlace !== 1) return undefined;
  return {
    width: view.getUint32(IHDR_CONTENT),
    height: view.getUint32(IHDR_CONTENT + 4),
    hasPalette: colourType === PALETTE,
    isInterlaced: interlace === 1,
    bytesPerPixel: colours.channels * Math.ceil(depth / 8),
  };
}
