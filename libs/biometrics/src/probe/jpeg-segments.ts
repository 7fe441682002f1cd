import { hasAscii } from './image-header.js';

const MARKER_LENGTH = 2;
const LENGTH_LENGTH = 2;

/** A marker with a length and what follows it. */
export interface JpegSegment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
  readonly body: Uint8Array;
}

/** @returns undefined where the file ends, where the length is less than its own two bytes (libjpeg takes it for
 *  two) and where there is no marker with a length */
export function segmentAt(bytes: Uint8Array, offset: number): JpegSegment | undefined {
  let start = offset;
  // Any number of FF may stand before a marker.
  while (bytes[start] === 0xff && bytes[start + 1] === 0xff) start += 1;
  const marker = bytes[start + 1];
  if (bytes[start] !== 0xff || marker === undefined || !hasLength(marker)) return undefined;
  const bodyStart = start + MARKER_LENGTH + LENGTH_LENGTH;
  const length = ((bytes[bodyStart - 2] ?? 0) << 8) | (bytes[bodyStart - 1] ?? 0);
  const end = start + MARKER_LENGTH + length;
  if (length < LENGTH_LENGTH || end > bytes.length) return undefined;
  return { marker, start, end, body: bytes.subarray(bodyStart, end) };
}

/** Not a reserved marker, TEM, a restart, a second start or the end. */
function hasLength(marker: number): boolean {
  return marker >= 0xc0 && (marker < 0xd0 || marker > 0xd9);
}

export type JpegSegmentKind = 'frame' | 'scan' | 'essential' | 'exif' | 'metadata' | 'unsupported';

const START_OF_SCAN = 0xda;
const EXIF = 0xe1;

// Huffman tables, quantization tables, restart interval; and Adobe's segment, which tells the colours of CMYK.
const ESSENTIAL: ReadonlySet<number> = new Set([0xc4, 0xdb, 0xdd, 0xee]);
const JFIF = 0xe0;

// C4, C8 and CC lie in the range of frame headers and are none.
const NOT_FRAMES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);

export function kindOf({ marker, body }: JpegSegment): JpegSegmentKind {
  if (marker === START_OF_SCAN) return 'scan';
  if (marker <= 0xcf && !NOT_FRAMES.has(marker)) return 'frame';
  if (ESSENTIAL.has(marker) || (marker === JFIF && hasAscii(body, 0, 'JFIF\0'))) return 'essential';
  if (marker === EXIF && hasAscii(body, 0, 'Exif\0\0')) return 'exif';
  return isMetadata(marker) ? 'metadata' : 'unsupported';
}

/** Applications' segments, comments, and the number of lines, which matters only where the frame leaves it open. */
function isMetadata(marker: number): boolean {
  return (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe || marker === 0xdc;
}
