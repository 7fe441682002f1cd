import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { imageLimits, probeImage } from './probe-image.js';

const uint16 = (value: number) => [value >> 8, value & 0xff];
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];

function jpeg(width: number, height: number, marker = 0xc0): Uint8Array {
  const exif = [0xff, 0xe1, ...uint16(6), 1, 2, 3, 4];
  const tables = [0xff, 0xc4, ...uint16(4), 9, 9];
  const frame = [0xff, 0xff, marker, ...uint16(17), 8, ...uint16(height), ...uint16(width), 3];
  return Uint8Array.from([0xff, 0xd8, ...exif, ...tables, ...frame, 0xff, 0xda]);
}

function png(width: number, height: number): Uint8Array {
  const bytes = Uint8Array.from([...ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), ...Array<number>(17).fill(0)]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

function webp(chunk: string, payload: readonly number[]): Uint8Array {
  const rest = Array<number>(20).fill(0);
  return Uint8Array.from([...ascii(`RIFF\0\0\0\0WEBP${chunk}\0\0\0\0`), ...payload, ...rest]);
}

/** A JPEG whose first segment is `segment`. */
function behind(segment: readonly number[]): Uint8Array {
  return Uint8Array.from([0xff, 0xd8, ...segment, ...jpeg(960, 1280).subarray(2)]);
}

const malformed = { kind: 'rejected', code: 'image-header-malformed' };
const size = { width: 960, height: 1280 };

describe('probeImage', () => {
  it.each([
    ['baseline JPEG', 'image/jpeg', jpeg(960, 1280)],
    ['progressive JPEG', 'image/jpeg', jpeg(960, 1280, 0xc2)],
    ['PNG', 'image/png', png(960, 1280)],
    ['lossy WebP', 'image/webp', webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0xc0, 0x03, 0x00, 0x05])],
    ['lossless WebP', 'image/webp', webp('VP8L', [0x2f, 0xbf, 0xc3, 0x3f, 0x01])],
    ['extended WebP', 'image/webp', webp('VP8X', [0, 0, 0, 0, 0xbf, 0x03, 0, 0xff, 0x04, 0])],
  ])('reads type and size of a %s from its header', (_, mediaType, bytes) => {
    expect(probeImage(bytes)).toEqual({ kind: 'image', header: { mediaType, ...size } });
  });

  it('reads a header in the middle of a larger buffer', () => {
    const padded = Uint8Array.from([1, 2, 3, ...png(960, 1280)]).subarray(3);
    expect(probeImage(padded)).toEqual({ kind: 'image', header: { mediaType: 'image/png', ...size } });
  });

  it.each([
    ['image-empty', new Uint8Array()],
    ['image-too-many-bytes', new Uint8Array(imageLimits.bytes + 1)],
    ['image-type-unknown', Uint8Array.from(ascii('this is text, named face.jpg'))],
    ['image-type-unknown', Uint8Array.from(ascii('GIF89a'))],
    ['image-type-unknown', webp('', []).subarray(0, 10)],
    ['image-header-malformed', jpeg(960, 1280).subarray(0, 20)],
    ['image-header-malformed', Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2)],
    ['image-header-malformed', png(960, 1280).subarray(0, 18)],
    ['image-header-malformed', webp('ABCD', [])],
    ['image-too-small', png(63, 1280)],
    ['image-too-small', jpeg(640, 0)],
    ['image-too-large', png(8193, 64)],
    ['image-too-large', png(16_000, 16_000)],
    ['image-too-large', jpeg(5001, 5000)],
  ])('answers %s', (code, bytes) => {
    expect(probeImage(bytes)).toEqual({ kind: 'rejected', code });
  });

  it.each([0x00, 0x01, 0xd0, 0xd3, 0xd7, 0xd8])(
    'refuses marker %i, which has no length, before a frame: libjpeg would look for the frame elsewhere',
    (marker) => expect(probeImage(behind([0xff, marker, ...uint16(4), 0, 0]))).toEqual(malformed),
  );

  it.each([0, 1])('refuses a segment of length %i, which does not even hold its length', (length) => {
    expect(probeImage(behind([0xff, 0xe9, ...uint16(length)]))).toEqual(malformed);
  });

  it('accepts what just keeps the limits', () => {
    expect(probeImage(png(5000, 5000)).kind).toBe('image');
    expect(probeImage(png(8192, 64)).kind).toBe('image');
    const widest = webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0x00, 0x20, 0x40, 0x00]);
    expect(probeImage(widest)).toMatchObject({ header: { width: 8192, height: 64 } });
  });

  it('judges a JPEG whose segments lead in a circle or nowhere without hanging or throwing', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const start = fc.constantFrom(
      [0xff, 0xd8, 0xff],
      ascii('RIFF\0\0\0\0WEBPVP8'),
      ascii('\x89PNG\r\n\x1a\n'),
    );
    fc.assert(
      fc.property(start, bytes, (magic, rest) => {
        expect(['image', 'rejected']).toContain(probeImage(Uint8Array.from([...magic, ...rest])).kind);
      }),
    );
  });
});
