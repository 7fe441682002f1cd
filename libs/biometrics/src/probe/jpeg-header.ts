import { readOrientation } from './exif-orientation.js';
import type { HeaderFault, ReadImage } from './image-header.js';
import { viewOf } from './image-header.js';
import type { JpegFrame } from './jpeg-frame.js';
import { readJpegFrame } from './jpeg-frame.js';
import { endOfOnlyScan, endOfScans } from './jpeg-scans.js';
import type { JpegSegment } from './jpeg-segments.js';
import { kindOf, segmentAt } from './jpeg-segments.js';

const START_OF_IMAGE = 0xffd8;

// Four tables of a kind at most are in use, each perhaps in a segment of its own, some written twice.
const MAX_ESSENTIAL_SEGMENTS = 32;

// A coefficient of a component is kept in 16 bits until all scans are read.
const BYTES_PER_COEFFICIENT = 2;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes.length > 3 && viewOf(bytes).getUint16(0) === START_OF_IMAGE && bytes[2] === 0xff;
}

interface BeforeScans {
  readonly frame: JpegFrame;
  readonly orientation: number;
  readonly essence: readonly Uint8Array[];
  readonly firstScan: JpegSegment;
}

export function readJpeg(bytes: Uint8Array): ReadImage | HeaderFault {
  const before = readBeforeScans(bytes);
  if (typeof before === 'string') return before;
  const { frame, orientation, firstScan } = before;
  const { width, height, samples } = frame;
  const decodedWhole = frame.isProgressive || (firstScan.body[0] ?? 0) < frame.components;
  const end = decodedWhole ? endOfScans(bytes, firstScan) : endOfOnlyScan(bytes, firstScan);
  if (end === undefined) return 'image-coding-unsupported';
  return {
    header: { mediaType: 'image/jpeg', width, height },
    orientation,
    decodedBytes: decodedWhole ? samples * BYTES_PER_COEFFICIENT : samples,
    decodedWhole,
    essence: [...before.essence, bytes.subarray(firstScan.start, end)],
  };
}

/** Walks the segments to the first scan, as libjpeg does. What libjpeg would step over in another way
 *  is refused: a file of two minds would be judged by one size and decoded at the other. */
function readBeforeScans(bytes: Uint8Array): BeforeScans | HeaderFault {
  const essence = [bytes.subarray(0, 2)];
  let frame: JpegFrame | undefined;
  let orientation: number | undefined;
  let segment = segmentAt(bytes, 2);
  for (; segment; segment = segmentAt(bytes, segment.end)) {
    const kind = kindOf(segment);
    if (kind === 'unsupported') return 'image-coding-unsupported';
    if (kind === 'scan') break;
    if (kind === 'exif') orientation ??= readOrientation(segment.body);
    if (kind === 'frame') {
      const read = frame ? 'image-header-malformed' : readJpegFrame(segment);
      if (typeof read === 'string') return read;
      frame = read;
    }
    if (kind === 'frame' || kind === 'essential') essence.push(bytes.subarray(segment.start, segment.end));
    if (essence.length > MAX_ESSENTIAL_SEGMENTS) return 'image-header-malformed';
  }
  if (!segment || !frame) return 'image-header-malformed';
  return { frame, orientation: orientation ?? 1, essence, firstScan: segment };
}
