import { uint16 } from './jpeg-syntax.js';

const HEADER = Buffer.from('MM\0*\0\0\0\x08', 'latin1');
const ORIENTATION = Buffer.from('\x01\x12\0\x03\0\0\0\x01', 'latin1');
const ENTRY_LENGTH = 12;

export const EXIF_PREFIX = Buffer.from('Exif\0\0', 'latin1');

export function orientationExif(orientation: number): Buffer {
  const entry = Buffer.concat([ORIENTATION, uint16(orientation), Buffer.alloc(2)]);
  return Buffer.concat([HEADER, uint16(1), entry, Buffer.alloc(4)]);
}

/** A directory that says to have more entries than there are bytes, and to go on where it begins. */
export function endlessExif(entries: number, bytes: number): Buffer {
  const tag = Buffer.from('\x01\x0f\0\x02\x7f\xff\xff\xff\0\0\0\x08', 'latin1');
  const room = Math.max(0, Math.floor((bytes - HEADER.length - 6) / ENTRY_LENGTH));
  const next = Buffer.from([0, 0, 0, HEADER.length]);
  return Buffer.concat([HEADER, uint16(entries), ...Array<Buffer>(room).fill(tag), next]);
}

/** With a thumbnail that is a whole picture. */
export function thumbnailExif(thumbnail: Buffer): Buffer {
  const directory = Buffer.concat([uint16(0), Buffer.from([0, 0, 0, HEADER.length + 6])]);
  const offset = HEADER.length + directory.length + 2 + 2 * ENTRY_LENGTH + 4;
  const where = Buffer.from(`\x02\x01\0\x04\0\0\0\x01\0\0\0${String.fromCharCode(offset)}`, 'latin1');
  const length = Buffer.from('\x02\x02\0\x04\0\0\0\x01\0\0\0\0', 'latin1');
  length.writeUInt32BE(thumbnail.length, 8);
  return Buffer.concat([HEADER, directory, uint16(2), where, length, Buffer.alloc(4), thumbnail]);
}
