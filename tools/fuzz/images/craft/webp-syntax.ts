export function chunk(type: string, content: Uint8Array): Buffer {
  const header = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content, Buffer.alloc(content.length % 2)]);
}

export function webp(...chunks: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  const header = Buffer.from('RIFF\0\0\0\0', 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body]);
}

export const flag = { animation: 0x02, xmp: 0x04, exif: 0x08, alpha: 0x10, profile: 0x20 } as const;

export function extension(width: number, height: number, flags: number): Buffer {
  const content = Buffer.alloc(10);
  content[0] = flags;
  content.writeUIntLE((width - 1) & 0xffffff, 4, 3);
  content.writeUIntLE((height - 1) & 0xffffff, 7, 3);
  return chunk('VP8X', content);
}

export interface LocatedChunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly content: Buffer;
}

export function chunksOf(file: Buffer): LocatedChunk[] {
  const chunks: LocatedChunk[] = [];
  for (let start = 12; start + 8 <= file.length;) {
    const length = file.readUInt32LE(start + 4);
    const end = start + 8 + length + (length % 2);
    const type = file.toString('latin1', start, start + 4);
    chunks.push({ type, start, end, content: file.subarray(start + 8, start + 8 + length) });
    start = end;
  }
  return chunks;
}

/** Bits from the lowest up, as lossless WebP wants them. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #used = 8;

  write(value: number, bits: number): void {
    for (let bit = 0; bit < bits; bit += 1) {
      if (this.#used === 8) {
        this.#bytes.push(0);
        this.#used = 0;
      }
      const last = this.#bytes.length - 1;
      this.#bytes[last] = (this.#bytes[last] ?? 0) | (((value >>> bit) & 1) << this.#used);
      this.#used += 1;
    }
  }

  bytes(): Buffer {
    return Buffer.from(this.#bytes);
  }
}
