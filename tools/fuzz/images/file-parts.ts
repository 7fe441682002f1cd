import { segmentsOf } from './craft/jpeg-syntax.js';
import { chunksOf as pngChunksOf, withChecksums } from './craft/png-syntax.js';
import { chunksOf as webpChunksOf } from './craft/webp-syntax.js';

interface Range {
  readonly start: number;
  readonly end: number;
}

export interface FileForm {
  /** Where within a part its length stands, and in how many bytes. */
  readonly lengthAt: number;
  readonly lengthBytes: 2 | 4;
  readonly isLittleEndian: boolean;
  ranges(file: Buffer): readonly Range[];
  /** Makes whatever depends on the content right again. */
  mend(file: Buffer): Buffer;
}

const asIs = (file: Buffer): Buffer => file;

const JPEG: FileForm = { lengthAt: 2, lengthBytes: 2, isLittleEndian: false, ranges: segmentsOf, mend: asIs };
const PNG: FileForm = {
  lengthAt: 0,
  lengthBytes: 4,
  isLittleEndian: false,
  ranges: pngChunksOf,
  mend: withChecksums,
};
const WEBP: FileForm = {
  lengthAt: 4,
  lengthBytes: 4,
  isLittleEndian: true,
  ranges: webpChunksOf,
  mend: asIs,
};

export function formOf(file: Buffer): FileForm {
  if (file[0] === 0xff) return JPEG;
  return file[0] === 0x89 ? PNG : WEBP;
}

/** What stands before the first part, the parts, and what stands behind the last. */
export function splitIntoParts(file: Buffer, form: FileForm): Buffer[] {
  const ranges = form.ranges(file);
  const first = ranges[0]?.start ?? file.length;
  const last = ranges.at(-1)?.end ?? file.length;
  const parts = ranges.map(({ start, end }) => file.subarray(start, end));
  return [file.subarray(0, first), ...parts, file.subarray(last)];
}
