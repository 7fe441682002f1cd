import type { Size } from '../../face/geometry.js';
import { BitReader } from './bit-reader.js';
import type { PrefixCode } from './prefix-code.js';
import { readPrefixCode } from './prefix-code.js';

const HEADER_BITS = 8 + 14 + 14 + 1 + 3;
const LITERALS = 256;
const LENGTH_CODES = 24;
const DISTANCE_CODES = 40;

const transform = { subtractGreen: 2, palette: 3 } as const;
const TRANSFORMS = 4;

// Pictures of tiles, one pixel to each, say how the tiles are coded. An encoder keeps them small: these are the
// tiles of 16 × 16 of sixty megapixels.
const MAX_TILES = 1 << 18;

/**
 * How many sets of prefix codes a lossless WebP may use at most. A set takes 20 bits of file and five kilobytes
 * of a decoder, and a picture may bring 65,536 of them: 360 megabytes from 300 kilobytes.
 *
 * They can only be counted behind the pictures of tiles, whose pixels are passed over without being kept.
 * @param content of the chunk VP8L
 * @returns undefined when the stream is broken or has more tiles than any encoder would make
 */
export function countPrefixCodeSets(content: Uint8Array, { width, height }: Size): number | undefined {
  const reader = new BitReader(content);
  reader.skip(HEADER_BITS);
  const budget = { pixels: MAX_TILES };
  const packed = passTransforms(reader, { width, height }, budget);
  if (!packed || !readCacheSize(reader)) return undefined;
  if (reader.bit() === 0) return reader.isExhausted ? undefined : 1;
  const tileMap = passTiles(reader, packed, budget);
  // A pixel of the map names a set by its red and green.
  return tileMap && tileMap.green.occurring(LITERALS) * tileMap.red.occurring(LITERALS);
}

/** @returns the size of the picture that is coded: with few colours, several pixels are packed into one */
function passTransforms(reader: BitReader, size: Size, budget: Budget): Size | undefined {
  let { width } = size;
  for (let count = 0; reader.bit() === 1; count += 1) {
    if (count === TRANSFORMS) return undefined;
    const kind = reader.read(2);
    if (kind === transform.subtractGreen) continue;
    if (kind === transform.palette) {
      const colours = 1 + reader.read(8);
      if (!passPixels(reader, colours, budget)) return undefined;
      width = Math.ceil(width / pixelsPerByte(colours));
    } else if (!passTiles(reader, { ...size, width }, budget)) return undefined;
  }
  return { ...size, width };
}

function pixelsPerByte(colours: number): number {
  if (colours > 16) return 1;
  if (colours > 4) return 2;
  return colours > 2 ? 4 : 8;
}

/** What may still be passed over, in all. */
interface Budget {
  pixels: number;
}

interface Codes {
  readonly green: PrefixCode;
  readonly red: PrefixCode;
}

function passTiles(reader: BitReader, { width, height }: Size, budget: Budget): Codes | undefined {
  const side = 1 << (2 + reader.read(3));
  return passPixels(reader, Math.ceil(width / side) * Math.ceil(height / side), budget);
}

/** Reads as many pixels as an image within the image has, to know where it ends. */
function passPixels(reader: BitReader, pixels: number, budget: Budget): Codes | undefined {
  budget.pixels -= pixels;
  if (budget.pixels < 0) return undefined;
  const cache = readCacheSize(reader);
  if (!cache) return undefined;
  const green = readPrefixCode(reader, LITERALS + LENGTH_CODES + cache.colours);
  const [red, blue, alpha] = [0, 1, 2].map(() => readPrefixCode(reader, LITERALS));
  const distance = readPrefixCode(reader, DISTANCE_CODES);
  if (!green || !red || !blue || !alpha || !distance) return undefined;
  for (let passed = 0; passed < pixels && !reader.isExhausted;) {
    const symbol = green.next(reader);
    if (symbol >= LITERALS && symbol < LITERALS + LENGTH_CODES) {
      passed += readPrefixed(reader, symbol - LITERALS);
      readPrefixed(reader, distance.next(reader));
      continue;
    }
    passed += 1;
    if (symbol < LITERALS) for (const code of [red, blue, alpha]) code.next(reader);
  }
  return reader.isExhausted ? undefined : { green, red };
}

function readCacheSize(reader: BitReader): { readonly colours: number } | undefined {
  if (reader.bit() === 0) return { colours: 0 };
  const bits = reader.read(4);
  return bits >= 1 && bits <= 11 ? { colours: 1 << bits } : undefined;
}

/** A length or a distance: its order of magnitude is a symbol, the rest follows as it is. */
function readPrefixed(reader: BitReader, symbol: number): number {
  if (symbol < 4) return symbol + 1;
  const extraBits = (symbol - 2) >> 1;
  return ((2 + (symbol & 1)) << extraBits) + reader.read(extraBits) + 1;
}
