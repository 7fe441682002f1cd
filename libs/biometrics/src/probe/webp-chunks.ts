import { viewOf } from './image-header.js';

const RIFF_HEADER_LENGTH = 12;
const CHUNK_HEADER_LENGTH = 8;

export interface WebpChunk {
  readonly type: string;
  /** With its header and the byte that makes its length even. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

/** One after the other. The last may be longer than the file: the decoder finds out. */
export function* webpChunks(bytes: Uint8Array): Generator<WebpChunk> {
  const view = viewOf(bytes);
  for (let at = RIFF_HEADER_LENGTH; at + CHUNK_HEADER_LENGTH <= bytes.length;) {
    const content = at + CHUNK_HEADER_LENGTH;
    const length = view.getUint32(at + 4, true);
    const end = content + length + (length % 2);
    yield {
      type: String.fromCharCode(...bytes.subarray(at, at + 4)),
      whole: bytes.subarray(at, end),
      content: bytes.subarray(content, content + length),
    };
    at = end;
  }
}

export function riffHeader(chunk: Uint8Array): Uint8Array {
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  header.writeUInt32LE('WEBP'.length + chunk.length, 4);
  return header;
}
