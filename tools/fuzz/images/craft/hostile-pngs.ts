import { endlessExif, orientationExif } from './exif.js';
import type { HonestFiles, HostileFile } from './hostile-file.js';
import { SIDES, eachPair, hostile, repeated, spread, truncations } from './hostile-file.js';
import type { Header } from './png-syntax.js';
import {
  chunk,
  chunksOf,
  deflatedZeros,
  header,
  png,
  uint32,
  withChecksums,
  withChunks,
  zeroPixels,
} from './png-syntax.js';

const MEGABYTE = 2 ** 20;

export function hostilePngs({ png: honest, palettePng }: HonestFiles): HostileFile[] {
  return [
    ...liesInHeaders(honest),
    ...bombs(),
    ...compressedMetadata(honest),
    ...floods(honest),
    ...liesInLengths(honest),
    ...disorder(honest, palettePng),
    ...animations(honest),
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((orientation) =>
      hostile(`PNG of orientation ${orientation}`, () =>
        withChunks(honest, chunk('eXIf', orientationExif(orientation))),
      ),
    ),
    ...truncations('PNG', honest, [...chunksOf(honest).map(({ start }) => start), ...spread(honest, 4)]),
  ];
}

/** Behind `fields`, the pixels of another picture. */
function beheaded(file: Buffer, fields: Header): Buffer {
  return Buffer.concat([file.subarray(0, 8), header(fields), file.subarray(8 + 25)]);
}

function liesInHeaders(file: Buffer): HostileFile[] {
  const size = { width: 320, height: 240 };
  const lie = (name: string, fields: Header) => hostile(`PNG of ${name}`, () => beheaded(file, fields));
  return [
    ...eachPair(SIDES, [...SIDES, 0x7fffffff, 0xffffffff], (width, height) =>
      lie(`${width} × ${height}`, { width, height }),
    ),
    ...eachPair([0, 1, 2, 3, 4, 8, 16, 32], [0, 1, 2, 3, 4, 5, 6, 7], (depth, colourType) =>
      lie(`depth ${depth} and colour type ${colourType}`, { ...size, depth, colourType }),
    ),
    ...[1, 2, 255].flatMap((value) => [
      lie(`compression ${value}`, { ...size, compression: value }),
      lie(`filter ${value}`, { ...size, filter: value }),
      lie(`interlace ${value}`, { ...size, interlace: value }),
    ]),
  ];
}

const FORMS: readonly (readonly [string, Partial<Header>])[] = [
  ['8-bit', {}],
  ['8-bit transparent', { colourType: 6 }],
  ['16-bit', { depth: 16 }],
  ['16-bit transparent', { depth: 16, colourType: 6 }],
  ['1-bit', { depth: 1, colourType: 0 }],
];
const BOMB_SIZES = [
  [20_000, 20_000],
  [5000, 5000],
  [5000, 2500],
  [5000, 930],
  [8192, 64],
] as const;

/** As many pixels as are admitted, and more, a thousandfold compressed. */
function bombs(): HostileFile[] {
  return [0, 1].flatMap((interlace) =>
    eachPair(FORMS, BOMB_SIZES, ([name, form], [width, height]) => {
      const fields = { width, height, interlace, ...form };
      // What is refused by its size has no need of all its pixels.
      const shown = width > 8192 ? { ...fields, height: 1000 } : fields;
      const how = interlace ? 'interlaced' : 'plain';
      return hostile(`${how} ${name} PNG of zeros, ${width} × ${height}`, () =>
        png(header(fields), zeroPixels(shown)),
      );
    }),
  );
}

function compressedMetadata(file: Buffer): HostileFile[] {
  const kinds: readonly (readonly [string, string])[] = [
    ['zTXt', 'key\0\0'],
    ['iTXt', 'key\0\x01\0\0\0'],
    ['iCCP', 'profile\0\0'],
  ];
  return eachPair(kinds, [1, 64, 512], ([type, prefix], megabytes) =>
    hostile(`PNG with ${megabytes} MB in ${type}`, () =>
      withChunks(
        file,
        chunk(type, Buffer.concat([Buffer.from(prefix, 'latin1'), deflatedZeros(megabytes * MEGABYTE)])),
      ),
    ),
  );
}

function floods(file: Buffer): HostileFile[] {
  const parts = ['tEXt', 'tIME', 'IDAT', 'sPLT', 'tRNS', 'PLTE', 'eXIf'].map(
    (type) => [type, chunk(type)] as const,
  );
  return [
    ...eachPair(parts, [10, 1000, 500_000], ([type, part], times) =>
      hostile(`PNG with ${times} empty ${type}`, () => withChunks(file, repeated(part, times))),
    ),
    ...[1, 9].map((megabytes) =>
      hostile(`PNG with ${megabytes} MB of EXIF`, () =>
        withChunks(file, chunk('eXIf', endlessExif(0xffff, megabytes * MEGABYTE))),
      ),
    ),
    hostile('PNG with 9 MB of text', () => withChunks(file, chunk('tEXt', Buffer.alloc(9 * MEGABYTE, 0x61)))),
  ];
}

function liesInLengths(file: Buffer): HostileFile[] {
  const lies = (honest: number) => [0, honest - 1, honest + 1, 0x7fffffff, 0x80000000, 0xffffffff];
  return chunksOf(file).flatMap(({ type, start, end }) =>
    lies(end - start - 12).map((length) =>
      hostile(`PNG whose ${type} at ${start} says ${length} bytes`, () => {
        const copy = Buffer.from(file);
        copy.set(uint32(length), start);
        return copy;
      }),
    ),
  );
}

function disorder(file: Buffer, palettePng: Buffer): HostileFile[] {
  const without = (type: string) =>
    Buffer.concat([
      palettePng.subarray(0, 8),
      ...chunksOf(palettePng)
        .filter((one) => one.type !== type)
        .map(({ start, end }) => palettePng.subarray(start, end)),
    ]);
  const palette = (bytes: number) => withChunks(without('PLTE'), chunk('PLTE', Buffer.alloc(bytes)));
  return [
    ...['IHDR', 'PLTE', 'IDAT', 'IEND'].map((type) =>
      hostile(`palette PNG without ${type}`, () => without(type)),
    ),
    ...[0, 1, 3, 768, 769, 3000].map((bytes) =>
      hostile(`PNG with a palette of ${bytes} bytes`, () => palette(bytes)),
    ),
    ...[1, 256, 257].map((bytes) =>
      hostile(`palette PNG with ${bytes} bytes of transparency`, () =>
        withChunks(palettePng, chunk('tRNS', Buffer.alloc(bytes))),
      ),
    ),
    ...['IHDR', 'CgBI', 'ABCD'].map((type) =>
      hostile(`PNG with a second critical ${type}`, () => withChunks(file, chunk(type, Buffer.alloc(13, 1)))),
    ),
    hostile('PNG with wrong checksums', () => {
      const copy = Buffer.from(file);
      for (const { end } of chunksOf(file)) copy[end - 1] = (copy[end - 1] ?? 0) ^ 1;
      return copy;
    }),
    hostile('PNG whose pixels are no deflate stream', () => {
      const copy = Buffer.from(file);
      const pixels = chunksOf(file).find(({ type }) => type === 'IDAT');
      copy.fill(0x5a, (pixels?.start ?? 0) + 8, (pixels?.end ?? 0) - 4);
      return withChecksums(copy);
    }),
    hostile('PNG with 500 MB of pixels too many', () =>
      png(header({ width: 320, height: 240 }), zeroPixels({ width: 16_000, height: 10_500 })),
    ),
  ];
}

function animations(file: Buffer): HostileFile[] {
  const control = (frames: number) => chunk('acTL', Buffer.concat([uint32(frames), uint32(0)]));
  const still = chunk('fcTL', Buffer.concat([uint32(0), uint32(320), uint32(240), Buffer.alloc(14)]));
  return [0, 1, 5000, 0xffffffff].map((frames) =>
    hostile(`PNG animated by ${frames} frames`, () =>
      withChunks(file, control(frames), repeated(still, Math.min(frames, 5000))),
    ),
  );
}
