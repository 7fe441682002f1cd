import { constants, crc32, deflateRawSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

export function chunk(type: string, content: Uint8Array = Buffer.alloc(0)): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  return Buffer.concat([uint32(content.length), typed, uint32(crc32(typed))]);
}

export interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  readonly colourType?: number;
  readonly compression?: number;
  readonly filter?: number;
  readonly interlace?: number;
}

export function header(fields: Header): Buffer {
  const { width, height, depth = 8, colourType = 2, compression = 0, filter = 0, interlace = 0 } = fields;
  const form = Buffer.of(depth, colourType, compression, filter, interlace);
  return chunk('IHDR', Buffer.concat([uint32(width), uint32(height), form]));
}

export function png(...chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks, chunk('IEND')]);
}

const BLOCK = 2 ** 20;
const ADLER_MODULUS = 65_521;

/** A zlib stream of zeros, without compressing them all: a block of them is the same every time. */
export function deflatedZeros(length: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(BLOCK), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const blocks = Array<Buffer>(Math.floor(length / BLOCK)).fill(block);
  const rest = deflateRawSync(Buffer.alloc(length % BLOCK));
  const checksum = uint32((length % ADLER_MODULUS) * 2 ** 16 + 1);
  return Buffer.concat([Buffer.of(0x78, 0xda), ...blocks, rest, checksum]);
}

/** As many zeros as a picture of this form takes, a thousandth of it in the file. */
export function zeroPixels(fields: Header): Buffer {
  const { width, height, depth = 8, colourType = 2 } = fields;
  const channels = [1, 0, 3, 1, 2, 0, 4][colourType] ?? 1;
  const line = 1 + Math.ceil((width * channels * depth) / 8);
  // Interlacing adds a byte to each line of each pass.
  return chunk('IDAT', deflatedZeros(Math.ceil(line * height * 1.02)));
}

export interface LocatedChunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

export function chunksOf(file: Buffer): LocatedChunk[] {
  const chunks: LocatedChunk[] = [];
  for (let start = SIGNATURE.length; start + 12 <= file.length;) {
    const end = start + 12 + file.readUInt32BE(start);
    chunks.push({ type: file.toString('latin1', start + 4, start + 8), start, end });
    start = end;
  }
  return chunks;
}

/** Puts `parts` between header and pixels. */
export function withChunks(file: Buffer, ...parts: readonly Uint8Array[]): Buffer {
  const afterHeader = SIGNATURE.length + 25;
  return Buffer.concat([file.subarray(0, afterHeader), ...parts, file.subarray(afterHeader)]);
}

/** Makes every checksum right again, so that a change reaches what reads the chunk. */
export function withChecksums(file: Buffer): Buffer {
  const mended = Buffer.from(file);
  for (const { start, end } of chunksOf(mended)) {
    if (end > mended.length) break;
    mended.writeUInt32BE(crc32(mended.subarray(start + 4, end - 4)), end - 4);
  }
  return mended;
}
