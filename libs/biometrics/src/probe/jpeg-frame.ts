import type { Size } from '../face/geometry.js';
import type { HeaderFault } from './image-header.js';
import { viewOf } from './image-header.js';
import type { JpegSegment } from './jpeg-segments.js';

export interface JpegFrame extends Size {
  readonly isProgressive: boolean;
  readonly components: number;
  /** Of all components, each at its own resolution. */
  readonly samples: number;
}

const PROGRESSIVE = 0xc2;
const PRECISION = 8;
const MAX_SAMPLING = 4;
const FIXED_LENGTH = 6;
const COMPONENT_LENGTH = 3;

/** Cameras write baseline, extended or progressive Huffman frames of 8 bits in one, three or four components.
 *  Arithmetic, lossless, hierarchical and 12-bit coding exist in the standard and in few decoders. */
export function readJpegFrame({ marker, body }: JpegSegment): JpegFrame | HeaderFault {
  if (marker > PROGRESSIVE) return 'image-coding-unsupported';
  if (body.length < FIXED_LENGTH) return 'image-header-malformed';
  const view = viewOf(body);
  const components = view.getUint8(5);
  if (view.getUint8(0) !== PRECISION || ![1, 3, 4].includes(components)) return 'image-coding-unsupported';
  if (body.length !== FIXED_LENGTH + components * COMPONENT_LENGTH) return 'image-header-malformed';
  const size = { height: view.getUint16(1), width: view.getUint16(3) };
  const density = samplesPerPixel(body.subarray(FIXED_LENGTH));
  if (density === undefined) return 'image-header-malformed';
  const samples = size.width * size.height * density;
  return { ...size, components, samples, isProgressive: marker === PROGRESSIVE };
}

function samplesPerPixel(components: Uint8Array): number | undefined {
  let [samples, widest, highest] = [0, 1, 1];
  for (let at = 1; at < components.length; at += COMPONENT_LENGTH) {
    const sampling = components[at] ?? 0;
    const [across, down] = [sampling >> 4, sampling & 0x0f];
    if (Math.min(across, down) < 1 || Math.max(across, down) > MAX_SAMPLING) return undefined;
    samples += across * down;
    widest = Math.max(widest, across);
    highest = Math.max(highest, down);
  }
  return samples / (widest * highest);
}
