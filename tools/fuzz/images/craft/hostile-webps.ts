import { endlessExif, orientationExif } from './exif.js';
import type { HonestFiles, HostileFile } from './hostile-file.js';
import { SIDES, eachPair, hostile, repeated, spread, truncations } from './hostile-file.js';
import { manyHuffmanTables } from './lossless-webp.js';
import { chunk, chunksOf, extension, flag, webp } from './webp-syntax.js';

const MEGABYTE = 2 ** 20;
const [WIDTH, HEIGHT] = [320, 240];

export function hostileWebps({ webp: lossy, losslessWebp }: HonestFiles): HostileFile[] {
  const pixels = pixelsOf(lossy);
  return [
    ...extensions(pixels),
    ...liesInFrames('lossy', lossy, 26),
    ...liesInFrames('lossless', losslessWebp, 21),
    ...liesInLengths(lossy),
    ...metadata(pixels),
    ...animations(pixels),
    ...alpha(pixels),
    ...eachPair([64, 256, 1024, 3000] as const, [1, 100, 4096, 65_536] as const, (side, sets) =>
      hostile(`lossless WebP of ${side} × ${side} with ${sets} sets of tables`, () =>
        webp(manyHuffmanTables(side, side, sets)),
      ),
    ),
    ...truncations('lossy WebP', lossy, [12, 20, 30, ...spread(lossy, 8)]),
    ...truncations('lossless WebP', losslessWebp, [12, 20, 25, ...spread(losslessWebp, 8)]),
  ];
}

/** The chunk of pixels alone. */
function pixelsOf(file: Buffer): Buffer {
  const found = chunksOf(file).find(({ type }) => type === 'VP8 ' || type === 'VP8L');
  if (!found) throw new Error('the seed has no pixels');
  return file.subarray(found.start, found.end);
}

function extensions(pixels: Buffer): HostileFile[] {
  return [
    ...Array.from({ length: 64 }, (_, flags) =>
      hostile(`WebP with flags ${flags} and none of what they promise`, () =>
        webp(extension(WIDTH, HEIGHT, flags), pixels),
      ),
    ),
    ...eachPair([1, 64, 319, 321, 16_384, 2 ** 24], [1, 240, 2 ** 24], (width, height) =>
      hostile(`WebP on a canvas of ${width} × ${height}`, () => webp(extension(width, height, 0), pixels)),
    ),
    hostile('WebP of two extensions', () => webp(extension(1, 1, 0), extension(WIDTH, HEIGHT, 0), pixels)),
    hostile('WebP of an extension alone', () => webp(extension(WIDTH, HEIGHT, 0))),
    hostile('WebP of pixels before their extension', () => webp(pixels, extension(WIDTH, HEIGHT, 0))),
  ];
}

function liesInFrames(form: string, file: Buffer, at: number): HostileFile[] {
  return eachPair(SIDES, SIDES, (width, height) =>
    hostile(`${form} WebP that says ${width} × ${height}`, () => {
      const copy = Buffer.from(file);
      if (form === 'lossy') {
        copy.writeUInt16LE(width, at);
        copy.writeUInt16LE(height, at + 2);
      } else copy.writeUInt32LE((((width - 1) & 0x3fff) | (((height - 1) & 0x3fff) << 14)) >>> 0, at);
      return copy;
    }),
  );
}

function liesInLengths(file: Buffer): HostileFile[] {
  return eachPair([4, 16], [0, 1, 7, 100, 0x7fffffff, 0xfffffffe, 0xffffffff], (at, length) =>
    hostile(`WebP whose length at ${at} says ${length}`, () => {
      const copy = Buffer.from(file);
      copy.writeUInt32LE(length, at);
      return copy;
    }),
  );
}

function metadata(pixels: Buffer): HostileFile[] {
  const all = extension(WIDTH, HEIGHT, flag.exif | flag.xmp | flag.profile);
  return [
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((orientation) =>
      hostile(`WebP of orientation ${orientation}`, () =>
        webp(all, pixels, chunk('EXIF', orientationExif(orientation))),
      ),
    ),
    ...eachPair(['ICCP', 'EXIF', 'XMP ', 'ABCD'] as const, [1, 9] as const, (type, megabytes) =>
      hostile(`WebP with ${megabytes} MB of ${type}`, () =>
        webp(all, pixels, chunk(type, endlessExif(0xffff, megabytes * MEGABYTE))),
      ),
    ),
    ...[10, 1000, 1_000_000].map((times) =>
      hostile(`WebP with ${times} unknown chunks`, () =>
        webp(all, repeated(chunk('ABCD', Buffer.alloc(0)), times), pixels),
      ),
    ),
  ];
}

function animations(pixels: Buffer): HostileFile[] {
  const control = chunk('ANIM', Buffer.alloc(6));
  const position = Buffer.alloc(16);
  position.writeUIntLE(WIDTH - 1, 6, 3);
  position.writeUIntLE(HEIGHT - 1, 9, 3);
  const frame = chunk('ANMF', Buffer.concat([position, pixels]));
  const empty = chunk('ANMF', position);
  const animated = extension(WIDTH, HEIGHT, flag.animation);
  return [
    ...[1, 100, 2000].map((frames) =>
      hostile(`WebP animated by ${frames} frames`, () => webp(animated, control, repeated(frame, frames))),
    ),
    ...[1000, 300_000].map((frames) =>
      hostile(`WebP animated by ${frames} empty frames`, () =>
        webp(animated, control, repeated(empty, frames)),
      ),
    ),
    hostile('WebP of a still picture and frames behind it', () =>
      webp(extension(WIDTH, HEIGHT, 0), pixels, control, frame),
    ),
  ];
}

function alpha(pixels: Buffer): HostileFile[] {
  const extended = extension(WIDTH, HEIGHT, flag.alpha);
  const tables = manyHuffmanTables(WIDTH, HEIGHT, 4800).subarray(8 + 5);
  return [
    ...Array.from({ length: 16 }, (_, how) =>
      hostile(`WebP of alpha coded in way ${how}`, () =>
        webp(extended, chunk('ALPH', Buffer.concat([Buffer.of(how), Buffer.alloc(500)])), pixels),
      ),
    ),
    hostile('WebP of alpha with a set of tables to each tile', () =>
      webp(extended, chunk('ALPH', Buffer.concat([Buffer.of(1), tables])), pixels),
    ),
    ...[1, 1000].map((times) =>
      hostile(`WebP of ${times} planes of alpha`, () =>
        webp(extended, repeated(chunk('ALPH', Buffer.of(0)), times), pixels),
      ),
    ),
  ];
}
