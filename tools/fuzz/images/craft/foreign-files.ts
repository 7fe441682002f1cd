import { deflateRawSync } from 'node:zlib';
import type { HonestFiles, HostileFile } from './hostile-file.js';
import { hostile } from './hostile-file.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="9" height="9"/></svg>';
const entities = `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${svg}`;

/** The beginnings of what other parsers would recognise. None of it is for us. */
const STARTS: readonly (readonly [string, Buffer])[] = [
  [
    'GIF',
    latin1('GIF89a\x80\x02\xe0\x01\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x80\x02\xe0\x01\0\x02\x02D\x01\0;'),
  ],
  ['TIFF', latin1('II*\0\x08\0\0\0\x01\0\0\x01\x03\0\x01\0\0\0\x80\x02\0\0\0\0\0\0')],
  ['big-endian TIFF', latin1('MM\0*\0\0\0\x08\0\x01')],
  ['BigTIFF', latin1('II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0')],
  ['SVG', latin1(svg)],
  ['SVG with entities', latin1(entities)],
  ['SVG behind blanks', latin1(' '.repeat(500) + svg)],
  ['SVG behind an XML declaration', latin1(`<?xml version="1.0"?>${svg}`)],
  ['compressed SVG', deflateRawSync(latin1(svg))],
  ['HEIF', latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
  ['AVIF', latin1('\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf')],
  ['BMP', latin1('BM6\x10\x0e\0\0\0\0\x006\0\0\0(\0\0\0')],
  ['icon', latin1('\0\0\x01\0\x01\0')],
  ['Photoshop', latin1('8BPS\0\x01\0\0\0\0\0\0')],
  ['PDF', latin1('%PDF-1.7\n')],
  ['PostScript', latin1('%!PS-Adobe-3.0 EPSF-3.0\n')],
  ['JPEG XL', latin1('\xff\x0a\0\0')],
  ['JPEG XL in a box', latin1('\0\0\0\x0cJXL \r\n\x87\n')],
  ['JPEG 2000', latin1('\0\0\0\x0cjP  \r\n\x87\n')],
  ['JPEG 2000 stream', latin1('\xff\x4f\xff\x51')],
  ['JPEG-LS', latin1('\xff\xd8\xff\xf7\0\x0b\x08\x02\x80\x01\xe0\x01\x01\x11\0')],
  ['FITS', latin1('SIMPLE  =                    T')],
  ['portable pixmap', latin1('P6\n640 480\n255\n')],
  ['Radiance', latin1('#?RADIANCE\n')],
  ['OpenEXR', latin1('v/1\x01')],
  ['VIPS', latin1('\x08\xf2\xa6\xb6')],
  ['swapped VIPS', latin1('\xb6\xa6\xf2\x08')],
  ['MATLAB', latin1('MATLAB 5.0 MAT-file')],
  ['ZIP', latin1('PK\x03\x04')],
  ['HTML', latin1('<!doctype html><img src=x>')],
  ['a RIFF of sound', latin1('RIFF\x24\0\0\0WAVEfmt ')],
  ['a RIFF too short', latin1('RIFF\0\0\0\0WEBP')],
  ['half a JPEG start', latin1('\xff\xd8')],
  ['a JPEG start alone', latin1('\xff\xd8\xff')],
  ['a JPEG start and end', latin1('\xff\xd8\xff\xd9')],
  ['half a PNG signature', latin1('\x89PNG')],
  ['a PNG signature alone', latin1('\x89PNG\r\n\x1a\n')],
  ['PNG for music', latin1('\x8aMNG\r\n\x1a\n')],
  ['a single zero', latin1('\0')],
  ['nothing', Buffer.alloc(0)],
];

const TAILS: readonly (readonly [string, Buffer])[] = [
  ['a ZIP', latin1(`PK\x03\x04${'\0'.repeat(200)}PK\x05\x06${'\0'.repeat(18)}`)],
  ['HTML', latin1('<html><script>alert(1)</script>')],
  ['a PDF', latin1('%PDF-1.7\n1 0 obj\n%%EOF')],
  ['an SVG', latin1(svg)],
  ['nine megabytes', Buffer.alloc(9_000_000, 0x61)],
];

export function foreignFiles(): HostileFile[] {
  return STARTS.flatMap(([name, start]) => [
    hostile(name, () => start),
    hostile(`${name} and a kilobyte`, () => Buffer.concat([start, Buffer.alloc(1024, 0x20)])),
  ]);
}

export function polyglots({ jpeg, png, webp }: HonestFiles): HostileFile[] {
  return Object.entries({ JPEG: jpeg, PNG: png, WebP: webp }).flatMap(([form, picture]) =>
    TAILS.flatMap(([name, tail]) => [
      hostile(`${form} with ${name} behind it`, () => Buffer.concat([picture, tail])),
      hostile(`${name} with a ${form} behind it`, () => Buffer.concat([tail, picture])),
    ]),
  );
}
