import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readOrientation } from './exif-orientation.js';

const ORIENTATION = 0x0112;
const SHORT = 3;
const LONG = 4;

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly value: number;
}

function exif(entries: readonly Entry[], isLittleEndian = false): Uint8Array {
  const bytes = new Uint8Array(10 + 12 * entries.length);
  bytes.set(Buffer.from(isLittleEndian ? 'II*\0' : 'MM\0*', 'latin1'));
  const view = new DataView(bytes.buffer);
  view.setUint32(4, 8, isLittleEndian);
  view.setUint16(8, entries.length, isLittleEndian);
  entries.forEach(({ tag, type, value }, index) => {
    const at = 10 + 12 * index;
    view.setUint16(at, tag, isLittleEndian);
    view.setUint16(at + 2, type, isLittleEndian);
    view.setUint32(at + 4, 1, isLittleEndian);
    view.setUint16(at + 8, value, isLittleEndian);
  });
  return bytes;
}

const orientation = (value: number, type = SHORT): Entry => ({ tag: ORIENTATION, type, value });
const other: Entry = { tag: 0x010f, type: SHORT, value: 8 };

describe('readOrientation', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('finds %i in either byte order, behind other entries', (value) => {
    expect(readOrientation(exif([other, orientation(value)]))).toBe(value);
    expect(readOrientation(exif([other, orientation(value)], true))).toBe(value);
  });

  it('steps over the prefix that JPEG puts before it', () => {
    const prefixed = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif([orientation(6)])]);
    expect(readOrientation(prefixed)).toBe(6);
  });

  it.each([
    ['none', exif([other])],
    ['0', exif([orientation(0)])],
    ['9', exif([orientation(9)])],
    ['a long', exif([orientation(6, LONG)])],
    ['one beyond the end', exif([other, orientation(6)]).subarray(0, -1)],
    ['a directory beyond the end', exif([orientation(6)]).subarray(0, 9)],
    ['nothing', new Uint8Array()],
    ['another byte order', Buffer.from('IM*\0\x08\0\0\0', 'latin1')],
  ])('takes %s for upright', (_, bytes) => {
    expect(readOrientation(bytes)).toBe(1);
  });

  it('never throws and never answers anything but 1 to 8', () => {
    const anywhere = fc.tuple(fc.boolean(), fc.uint8Array({ maxLength: 60 }));
    fc.assert(
      fc.property(anywhere, ([isLittleEndian, rest]) => {
        const bytes = Buffer.concat([exif([], isLittleEndian).subarray(0, 4), rest]);
        expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(readOrientation(bytes));
      }),
    );
  });
});
