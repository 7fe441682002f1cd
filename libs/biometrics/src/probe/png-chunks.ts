import type { HeaderFault } from './image-header.js';
import { viewOf } from './image-header.js';

export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';

const typeCode = (name: string) => Buffer.from(name, 'latin1').readUInt32BE();

const chunk = {
  palette: typeCode('PLTE'),
  pixels: typeCode('IDAT'),
  end: typeCode('IEND'),
  exif: typeCode('eXIf'),
  animation: typeCode('acTL'),
} as const;

/** What the pixels need. All else is text, profiles, times and the like, some of it compressed a thousandfold. */
const ESSENTIAL: ReadonlySet<number> = new Set([
  typeCode('IHDR'),
  typeCode('tRNS'),
  chunk.palette,
  chunk.pixels,
  chunk.end,
]);

/** Set in the type of a chunk that a decoder may pass over: its first letter is small. */
const ANCILLARY = 0x2000_0000;

const LENGTH_AND_TYPE = 8;
const CHECKSUM = 4;

// Signature and header, palette, transparency, pixels and end, should other chunks lie between all of them.
const MAX_PARTS = 5;

export interface PngChunks {
  readonly essence: readonly Uint8Array[];
  readonly hasPalette: boolean;
  readonly exif: Uint8Array | undefined;
}

/** A chunk that is longer than the file is left for the decoder to find. */
export function readPngChunks(bytes: Uint8Array): PngChunks | HeaderFault {
  const view = viewOf(bytes);
  const kept: { start: number; end: number }[] = [{ start: 0, end: PNG_SIGNATURE.length }];
  const seen = new Set<number>();
  let exif: Uint8Array | undefined;
  for (let at = PNG_SIGNATURE.length; at + LENGTH_AND_TYPE <= bytes.length && !seen.has(chunk.end);) {
    const type = view.getUint32(at + 4);
    const end = at + LENGTH_AND_TYPE + view.getUint32(at) + CHECKSUM;
    if (type === chunk.animation) return 'image-animated';
    if (type === chunk.exif) exif ??= bytes.subarray(at + LENGTH_AND_TYPE, end - CHECKSUM);
    if (ESSENTIAL.has(type)) {
      // Only pixels may come in several chunks.
      if (type !== chunk.pixels && seen.has(type)) return 'image-header-malformed';
      const last = kept.at(-1);
      if (last?.end === at) last.end = end;
      else kept.push({ start: at, end });
      seen.add(type);
    } else if ((type & ANCILLARY) === 0) return 'image-coding-unsupported';
    if (kept.length > MAX_PARTS) return 'image-header-malformed';
    at = end;
  }
  if (!seen.has(chunk.pixels)) return 'image-header-malformed';
  return {
    essence: kept.map(({ start, end }) => bytes.subarray(start, end)),
    hasPalette: seen.has(chunk.palette),
    exif,
  };
}
