import { hasAscii, viewOf } from './image-header.js';

const UPRIGHT = 1;
const MOST = 8;

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

const HEADER_LENGTH = 8;
const ENTRY_LENGTH = 12;

/** Reads the one number of EXIF that matters, so that no library need parse the rest of it. Whatever is not
 *  an orientation in the first directory counts as upright.
 *  @param exif a TIFF structure, as in PNG and WebP, or one behind the prefix that JPEG gives it */
export function readOrientation(exif: Uint8Array): number {
  const tiff = hasAscii(exif, 0, 'Exif\0\0') ? exif.subarray(6) : exif;
  const isLittleEndian = hasAscii(tiff, 0, 'II*\0');
  if (!isLittleEndian && !hasAscii(tiff, 0, 'MM\0*')) return UPRIGHT;
  if (tiff.length < HEADER_LENGTH) return UPRIGHT;
  const directory = viewOf(tiff).getUint32(4, isLittleEndian);
  return findOrientation(viewOf(tiff), directory, isLittleEndian);
}

function findOrientation(view: DataView, directory: number, isLittleEndian: boolean): number {
  if (directory + 2 > view.byteLength) return UPRIGHT;
  const entries = view.getUint16(directory, isLittleEndian);
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + index * ENTRY_LENGTH;
    if (entry + ENTRY_LENGTH > view.byteLength) return UPRIGHT;
    if (view.getUint16(entry, isLittleEndian) !== ORIENTATION_TAG) continue;
    if (view.getUint16(entry + 2, isLittleEndian) !== SHORT) return UPRIGHT;
    const orientation = view.getUint16(entry + 8, isLittleEndian);
    return orientation >= UPRIGHT && orientation <= MOST ? orientation : UPRIGHT;
  }
  return UPRIGHT;
}
