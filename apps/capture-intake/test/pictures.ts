import { crc32, deflateSync } from 'node:zlib';
/** A picture as far as its structure goes: this service looks at no pixel. */
export function jpegOf(width: number, height: number, byteLength = 20_000): Uint8Array {
  const applicationSegment = [0xff, 0xe0, 0x00, 0x10, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0];
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  const frame = [0xff, 0xc0, 0x00, 0x0b, 8, ...size, 1, 1, 0x11, 0];
  const scan = [0xff, 0xda, 0x00, 0x08, 1, 1, 0, 0, 63, 0];
  const header = Buffer.from([0xff, 0xd8, ...applicationSegment, ...frame, ...scan]);
  return Buffer.concat([header, Buffer.alloc(Math.max(0, byteLength - header.length), 0x55)]);
}

export const goodPicture = jpegOf(1280, 960);
export const hugePicture = jpegOf(16_000, 16_000);
export const cutOffPicture = goodPicture.slice(0, 24);
export const textNamedJpg = Buffer.from('This is not a picture, whatever it is called.');

/** A grey PNG, whole down to its checksums. */
export function pngOf(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(height * (width + 1)));
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
