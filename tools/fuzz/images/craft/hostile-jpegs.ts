import { EXIF_PREFIX, endlessExif, orientationExif, thumbnailExif } from './exif.js';
import type { HonestFiles, HostileFile } from './hostile-file.js';
import { SIDES, eachPair, hostile, repeated, spread, truncations } from './hostile-file.js';
import type { Located } from './jpeg-syntax.js';
import { frame, marker, segment, segmentsOf, uint16, withSegments } from './jpeg-syntax.js';

/** From the start of a frame's segment. */
const field = { precision: 4, height: 5, width: 7, components: 9, sampling: 11 } as const;
const FULL_SEGMENT = 65_533;
/** Of the bytes that are admitted, all but a picture's worth. */
const NEARLY_ALL = 150;

export function hostileJpegs(honest: HonestFiles): HostileFile[] {
  const forms = { baseline: honest.jpeg, progressive: honest.progressiveJpeg, CMYK: honest.cmykJpeg };
  return [
    ...Object.entries(forms).flatMap(([form, file]) => [
      ...liesInFrames(`${form} JPEG`, file),
      ...truncations(`${form} JPEG`, file, [
        ...segmentsOf(file).map(({ start }) => start),
        ...spread(file, 4),
      ]),
    ]),
    ...liesInLengths(honest.jpeg),
    ...floods(honest.jpeg),
    ...exifTricks(honest),
    ...colourTricks(honest),
    ...restartTricks(honest.jpeg),
  ];
}

function frameOf(file: Buffer): Located {
  const found = segmentsOf(file).find(({ kind }) => kind === marker.baseline || kind === marker.progressive);
  if (!found) throw new Error('the seed has no frame');
  return found;
}

function patched(file: Buffer, at: number, bytes: Uint8Array): Buffer {
  const copy = Buffer.from(file);
  copy.set(bytes, at);
  return copy;
}

function liesInFrames(name: string, file: Buffer): HostileFile[] {
  const { start } = frameOf(file);
  const patch = (what: string, at: number, values: readonly number[]) =>
    values.map((value) =>
      hostile(`${name} with ${what} ${value}`, () => patched(file, start + at, Buffer.of(value))),
    );
  const codings = Array.from({ length: 16 }, (_, index) => 0xc0 + index);
  return [
    ...eachPair(SIDES, SIDES, (width, height) =>
      hostile(`${name} that says ${width} × ${height}`, () =>
        patched(patched(file, start + field.width, uint16(width)), start + field.height, uint16(height)),
      ),
    ),
    ...patch('coding', 1, codings),
    ...patch('precision', field.precision, [0, 1, 7, 9, 12, 16, 255]),
    ...patch('component count', field.components, [0, 1, 2, 3, 4, 5, 255]),
    ...patch('sampling', field.sampling, [0x00, 0x10, 0x14, 0x33, 0x41, 0x44, 0x55, 0xff]),
  ];
}

function liesInLengths(file: Buffer): HostileFile[] {
  const lies = (honest: number) => [0, 1, 2, 3, honest - 1, honest + 1, 0x7fff, 0xffff];
  return segmentsOf(file).flatMap(({ kind, start, end }) =>
    lies(end - start - 2).map((length) =>
      hostile(`JPEG whose segment ${kind.toString(16)} at ${start} says ${length} bytes`, () =>
        patched(file, start + 2, uint16(length)),
      ),
    ),
  );
}

function floods(file: Buffer): HostileFile[] {
  const tables = segmentsOf(file).filter(({ kind }) => kind === marker.huffmanTable);
  const table = file.subarray(tables[0]?.start, tables[0]?.end);
  const small: [string, Buffer][] = [
    ['Huffman tables', table],
    ['quantization tables', segment(marker.quantizationTable, Buffer.alloc(65, 1))],
    ['restart intervals', segment(marker.restartInterval, Buffer.of(0, 1))],
    ['empty comments', segment(marker.comment, Buffer.alloc(0))],
    ['numbers of lines', segment(marker.numberOfLines, Buffer.of(0xff, 0xff))],
    ['second frames', frame({ width: 8000, height: 3000 })],
    ['fill bytes', Buffer.of(0xff)],
  ];
  const large: [string, Buffer][] = [
    ['EXIF segments', segment(marker.exif, Buffer.concat([EXIF_PREFIX, endlessExif(0xffff, 65_000)]))],
    [
      'profiles',
      segment(marker.profile, Buffer.from('ICC_PROFILE\0\x01\xff'.padEnd(FULL_SEGMENT, 'p'), 'latin1')),
    ],
    [
      'XMP segments',
      segment(marker.exif, Buffer.from('http://ns.adobe.com/xap/1.0/\0'.padEnd(FULL_SEGMENT, '<a>'))),
    ],
    [
      'Photoshop segments',
      segment(marker.photoshop, Buffer.from('Photoshop 3.0\0'.padEnd(FULL_SEGMENT, '8BIM'))),
    ],
    ['comments', segment(marker.comment, Buffer.alloc(FULL_SEGMENT, 0x61))],
    [
      'JFIF segments',
      segment(
        marker.jfif,
        Buffer.concat([Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\xff\xff'), Buffer.alloc(60_000)]),
      ),
    ],
  ];
  const flood = (part: Buffer) => (name: string, times: number) =>
    hostile(`JPEG with ${times} ${name}`, () => withSegments(file, repeated(part, times)));
  return [
    ...small.flatMap(([name, part]) => [10, 32, 1000, 100_000].map((times) => flood(part)(name, times))),
    ...large.flatMap(([name, part]) => [1, 10, NEARLY_ALL].map((times) => flood(part)(name, times))),
  ];
}

function exifTricks({ jpeg, progressiveJpeg }: HonestFiles): HostileFile[] {
  const withExif = (exif: Buffer) =>
    withSegments(jpeg, segment(marker.exif, Buffer.concat([EXIF_PREFIX, exif])));
  return [
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xffff].map((orientation) =>
      hostile(`JPEG of orientation ${orientation}`, () => withExif(orientationExif(orientation))),
    ),
    ...[0, 100, 60_000].map((bytes) =>
      hostile(`JPEG with an endless directory of ${bytes} bytes`, () => withExif(endlessExif(0xffff, bytes))),
    ),
    hostile('JPEG with a thumbnail larger than itself', () => withExif(thumbnailExif(progressiveJpeg))),
    hostile('JPEG with its own header as thumbnail', () => withExif(thumbnailExif(jpeg.subarray(0, 1000)))),
    hostile('JPEG with EXIF cut off', () => withExif(orientationExif(6).subarray(0, 11))),
  ];
}

function colourTricks({ jpeg, cmykJpeg }: HonestFiles): HostileFile[] {
  const adobe = (transform: number) =>
    segment(marker.adobe, Buffer.from(`Adobe\0\x64\0\0\0\0${String.fromCharCode(transform)}`, 'latin1'));
  return eachPair([0, 1, 2, 3, 255], ['baseline', 'CMYK'] as const, (transform, form) =>
    hostile(`${form} JPEG of Adobe's colour transform ${transform}`, () =>
      withSegments(form === 'CMYK' ? cmykJpeg : jpeg, adobe(transform)),
    ),
  );
}

function restartTricks(file: Buffer): HostileFile[] {
  const scanEnd = segmentsOf(file).at(-1)?.end ?? 0;
  const restarts = repeated(Buffer.from([0xff, 0xd0, 0xff, 0xd5]), 200_000);
  return [
    ...[1, 2, 0xffff].map((interval) =>
      hostile(`JPEG of restart interval ${interval} without restarts`, () =>
        withSegments(file, segment(marker.restartInterval, uint16(interval))),
      ),
    ),
    hostile('JPEG of 400,000 restarts in disorder', () => {
      const scattered = Buffer.concat([file.subarray(0, scanEnd), restarts, file.subarray(scanEnd)]);
      return withSegments(scattered, segment(marker.restartInterval, uint16(1)));
    }),
  ];
}
