import type { JpegSegment } from './jpeg-segments.js';

// Encoders write up to 12 scans for three components, and 24 for four that they know nothing about. Every scan
// makes the decoder walk all coefficients once more, whether it brings anything or not.
const MAX_SCANS = 24;
// A scan may bring its own tables, and some encoders write each into a segment of its own.
const MAX_SEGMENTS = 4 * MAX_SCANS;

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** Finds the end of the picture behind all its scans. Between markers libjpeg passes over whatever is no marker,
 *  within a scan and without; so does this.
 *  @returns undefined when the scans are more than any encoder writes */
export function endOfScans(bytes: Uint8Array, firstScan: JpegSegment): number | undefined {
  let [scans, segments] = [1, 1];
  for (let at = firstScan.end; at < bytes.length - 1; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const marker = bytes[at + 1] ?? 0;
    if (marker === END_OF_IMAGE) return at + 2;
    if (isPassedOver(marker)) continue;
    if (marker === START_OF_SCAN) scans += 1;
    segments += 1;
    if (scans > MAX_SCANS || segments > MAX_SEGMENTS) return undefined;
    at += 1 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return bytes.length;
}

/** The end of a picture in one scan: within it no byte 0xff stands before 0xd9 but that of the marker. */
export function endOfOnlyScan(bytes: Uint8Array, { end }: JpegSegment): number {
  for (let at = bytes.indexOf(0xff, end); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === END_OF_IMAGE) return at + 2;
  }
  return bytes.length;
}

/** A stuffed or fill byte, or a marker without a length. */
function isPassedOver(marker: number): boolean {
  return marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || marker === 0xff;
}
