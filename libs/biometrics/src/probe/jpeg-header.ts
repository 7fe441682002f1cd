import type { ImageHeader } from './image-header.js';
import { viewOf } from './image-header.js';

const START_OF_IMAGE = 0xffd8;
// C4, C8 and CC lie in the range of frame headers and are tables, not frames.
const NOT_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

// A frame header up to its width. No segment before a frame can lie closer to the end of a whole file.
const MARKER_TO_WIDTH_END = 9;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes.length > 3 && viewOf(bytes).getUint16(0) === START_OF_IMAGE && bytes[2] === 0xff;
}

/** Walks the segments to the first frame header, as libjpeg does. What libjpeg would step over in another way
 *  is refused: a file of two minds would be judged by one size and decoded at the other. */
export function readJpegHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = viewOf(bytes);
  let offset = 2;
  while (offset + MARKER_TO_WIDTH_END <= bytes.length && view.getUint8(offset) === 0xff) {
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (!mayPrecedeFrame(marker)) return undefined;
    if (marker >= 0xc0 && marker <= 0xcf && !NOT_FRAMES.has(marker)) {
      return {
        mediaType: 'image/jpeg',
        height: view.getUint16(offset + 5),
        width: view.getUint16(offset + 7),
      };
    }
    // A length below two, which libjpeg reads as two, leads to its own zero and not to a marker.
    offset += 2 + view.getUint16(offset + 2);
  }
  return undefined;
}

/** Not a stuffed zero, TEM, a restart, a second start, the end or a scan; the first four have no length. */
function mayPrecedeFrame(marker: number): boolean {
  return marker > 0x01 && (marker < 0xd0 || marker > 0xda);
}
