import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { imageLimits, probeImage } from './probe-image.js';

const uint16 = (value: number) => [value >> 8, value & 0xff];
const uint32 = (value: number) => [...uint16(value >>> 16), ...uint16(value & 0xffff)];
const uint24 = (value: number) => [value & 0xff, (value >> 8) & 0xff, value >> 16];
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];

const segment = (marker: number, body: readonly number[]) => [
  0xff,
  marker,
  ...uint16(2 + body.length),
  ...body,
];
const exif = (orientation: number) => [
  ...ascii('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01'),
  ...uint16(orientation),
  0,
  0,
];
const thumbnail = segment(0xe1, [...ascii('Exif\0\0'), ...exif(6)]);
const huffmanTable = segment(0xc4, [0, 9]);
const scan = (components: number) =>
  segment(0xda, [components, ...Array<number>(2 * components + 3).fill(0)]);

interface JpegParts {
  readonly marker?: number;
  readonly precision?: number;
  /** Sampling of each component. */
  readonly sampling?: readonly number[];
  readonly before?: readonly number[];
  readonly scans?: readonly number[];
}

function jpeg(width: number, height: number, parts: JpegParts = {}): Uint8Array {
  const { marker = 0xc0, precision = 8, sampling = [0x22, 0x11, 0x11], before = [], scans = scan(3) } = parts;
  const components = sampling.flatMap((factor, index) => [index + 1, factor, 0]);
  const frame = segment(marker, [
    precision,
    ...uint16(height),
    ...uint16(width),
    sampling.length,
    ...components,
  ]);
  return Uint8Array.from([0xff, 0xd8, ...before, ...frame, ...scans, 1, 2, 0xff, 0xd9]);
}

const pngChunk = (type: string, content: readonly number[] = []) => [
  ...uint32(content.length),
  ...ascii(type),
  ...content,
  ...uint32(0),
];

interface PngParts {
  readonly form?: readonly [depth: number, colourType: number, interlace: number];
  readonly chunks?: readonly number[];
}

const pixels = [...pngChunk('IDAT', [1, 2, 3]), ...pngChunk('IEND')];

function png(
  width: number,
  height: number,
  { form = [8, 2, 0], chunks = pixels }: PngParts = {},
): Uint8Array {
  const [depth, colourType, interlace] = form;
  const header = [...uint32(width), ...uint32(height), depth, colourType, 0, 0, interlace];
  return Uint8Array.from([...ascii('\x89PNG\r\n\x1a\n'), ...pngChunk('IHDR', header), ...chunks]);
}

const webpChunk = (type: string, content: readonly number[]) => [
  ...ascii(type),
  ...uint32(content.length).reverse(),
  ...content,
  ...Array<number>(content.length % 2).fill(0),
];

function webp(...chunks: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from([...ascii('RIFF\0\0\0\0WEBP'), ...chunks.flat()]);
}

const lossy = (width: number, height: number) =>
  webpChunk('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...uint16(width).reverse(), ...uint16(height).reverse()]);
// Without transforms, colour cache or tiles.
const lossless = webpChunk('VP8L', [0x2f, 0xbf, 0xc3, 0x3f, 0x01, 0x00]);
const canvas = (width: number, height: number) =>
  webpChunk('VP8X', [0, 0, 0, 0, ...uint24(width - 1), ...uint24(height - 1)]);

const size = { width: 960, height: 1280 };
const [W, H] = [size.width, size.height];

function essenceOf(bytes: Uint8Array): number[] {
  const probe = probeImage(bytes);
  if (probe.kind === 'rejected') throw new Error(probe.code);
  return [...Buffer.concat(probe.essence)];
}

describe('probeImage', () => {
  it.each([
    ['baseline JPEG', 'image/jpeg', jpeg(W, H)],
    ['JPEG with fill bytes', 'image/jpeg', jpeg(W, H, { before: [0xff, 0xff] })],
    ['progressive JPEG', 'image/jpeg', jpeg(W, H, { marker: 0xc2, scans: [...scan(3), ...scan(1)] })],
    ['grey JPEG', 'image/jpeg', jpeg(W, H, { sampling: [0x11], scans: scan(1) })],
    ['PNG', 'image/png', png(W, H)],
    ['palette PNG', 'image/png', png(W, H, { form: [4, 3, 1], chunks: [...pngChunk('PLTE'), ...pixels] })],
    ['lossy WebP', 'image/webp', webp(lossy(W, H))],
    ['lossless WebP', 'image/webp', webp(lossless)],
    ['extended WebP', 'image/webp', webp(canvas(W, H), lossy(W, H))],
  ])('reads type and size of a %s from its header', (_, mediaType, bytes) => {
    expect(probeImage(bytes)).toMatchObject({
      kind: 'image',
      header: { mediaType, ...size },
      orientation: 1,
    });
  });

  it('reads a header in the middle of a larger buffer', () => {
    const padded = Uint8Array.from([1, 2, 3, ...png(W, H)]).subarray(3);
    expect(probeImage(padded)).toMatchObject({ kind: 'image', header: { mediaType: 'image/png', ...size } });
  });

  it.each([
    ['JPEG', jpeg(W, H, { before: thumbnail })],
    ['PNG', png(W, H, { chunks: [...pngChunk('eXIf', exif(6)), ...pixels] })],
    ['WebP', webp(canvas(W, H), lossy(W, H), webpChunk('EXIF', exif(6)))],
  ])('reads from a %s how the camera was held', (_, bytes) => {
    expect(probeImage(bytes)).toMatchObject({ kind: 'image', orientation: 6 });
  });

  it.each([
    ['empty', 'image-empty', new Uint8Array()],
    ['too long', 'image-too-many-bytes', new Uint8Array(imageLimits.bytes + 1)],
    ['text', 'image-type-unknown', Uint8Array.from(ascii('this is text, named face.jpg'))],
    ['a GIF', 'image-type-unknown', Uint8Array.from(ascii('GIF89a'))],
    ['a RIFF cut off', 'image-type-unknown', webp().subarray(0, 10)],
    ['a JPEG cut off', 'image-header-malformed', jpeg(W, H).subarray(0, 20)],
    ['a JPEG without a frame', 'image-header-malformed', Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2)],
    ['a JPEG of two frames', 'image-header-malformed', jpeg(W, H, { before: jpegFrameOf(jpeg(64, 64)) })],
    ['a JPEG without sampling', 'image-header-malformed', jpeg(W, H, { sampling: [0x20, 0x11, 0x11] })],
    ['a JPEG of many tables', 'image-header-malformed', jpeg(W, H, { before: repeat(huffmanTable, 33) })],
    ['a PNG cut off', 'image-header-malformed', png(W, H).subarray(0, 18)],
    ['a PNG without pixels', 'image-header-malformed', png(W, H, { chunks: pngChunk('IEND') })],
    ['a PNG without its palette', 'image-header-malformed', png(W, H, { form: [8, 3, 0] })],
    [
      'a PNG of two palettes',
      'image-header-malformed',
      png(W, H, { chunks: [...repeat(pngChunk('PLTE'), 2), ...pixels] }),
    ],
    ['a PNG of 3 bits', 'image-header-malformed', png(W, H, { form: [3, 0, 0] })],
    ['a PNG of type 5', 'image-header-malformed', png(W, H, { form: [8, 5, 0] })],
    ['a PNG interlaced in way 2', 'image-header-malformed', png(W, H, { form: [8, 2, 2] })],
    ['a PNG with scattered pixels', 'image-header-malformed', png(W, H, { chunks: scattered() })],
    ['a WebP without pixels', 'image-header-malformed', webp(webpChunk('ABCD', []))],
    ['a WebP on another canvas', 'image-header-malformed', webp(canvas(W, 64), lossy(W, H))],
    ['a lossless WebP cut off', 'image-coding-unsupported', webp(webpChunk('VP8L', lossless.slice(8, 13)))],
    ['a WebP of many chunks', 'image-header-malformed', webp(lossy(W, H), repeat(webpChunk('ABCD', []), 32))],
    ['a lossless JPEG', 'image-coding-unsupported', jpeg(W, H, { marker: 0xc3 })],
    ['an arithmetic JPEG', 'image-coding-unsupported', jpeg(W, H, { marker: 0xc9 })],
    ['a hierarchical JPEG', 'image-coding-unsupported', jpeg(W, H, { before: segment(0xde, [0]) })],
    ['a 12-bit JPEG', 'image-coding-unsupported', jpeg(W, H, { precision: 12 })],
    ['a JPEG of two components', 'image-coding-unsupported', jpeg(W, H, { sampling: [0x11, 0x11] })],
    ['a PNG with a critical chunk', 'image-coding-unsupported', png(W, H, { chunks: pngChunk('CgBI') })],
    ['an animated PNG', 'image-animated', png(W, H, { chunks: [...pngChunk('acTL'), ...pixels] })],
    ['an animated WebP', 'image-animated', webp(canvas(W, H), webpChunk('ANIM', []), webpChunk('ANMF', []))],
    ['a narrow PNG', 'image-too-small', png(63, 1280)],
    ['a JPEG without height', 'image-too-small', jpeg(640, 0)],
    ['a wide PNG', 'image-too-large', png(8193, 64)],
    ['a large PNG', 'image-too-large', png(16_000, 16_000)],
    ['a large JPEG', 'image-too-large', jpeg(5001, 5000)],
  ])('given %s answers %s', (_, code, bytes) => {
    expect(probeImage(bytes)).toEqual({ kind: 'rejected', code });
  });

  it.each([0x00, 0x01, 0x02, 0xbf, 0xd0, 0xd3, 0xd7, 0xd8])(
    'refuses marker %i, which has no length, before a frame: libjpeg would look for the frame elsewhere',
    (marker) => {
      const bytes = jpeg(W, H, { before: [0xff, marker, ...uint16(4), 0, 0] });
      expect(probeImage(bytes)).toEqual({ kind: 'rejected', code: 'image-header-malformed' });
    },
  );

  it.each([0, 1])('refuses a segment of length %i, which does not even hold its length', (length) => {
    const bytes = jpeg(W, H, { before: [0xff, 0xe9, ...uint16(length)] });
    expect(probeImage(bytes)).toEqual({ kind: 'rejected', code: 'image-header-malformed' });
  });

  it('accepts what just keeps the limits', () => {
    expect(probeImage(png(5000, 5000)).kind).toBe('image');
    expect(probeImage(jpeg(5000, 5000)).kind).toBe('image');
    expect(probeImage(webp(lossy(8192, 64)))).toMatchObject({ header: { width: 8192, height: 64 } });
    expect(probeImage(jpeg(W, H, { before: repeat(huffmanTable, 30) })).kind).toBe('image');
  });

  it.each<[string, (height: number) => Uint8Array, number]>([
    // Two bytes for each coefficient, of which 4:2:0 has one and a half and 4:4:4 three to a pixel.
    ['progressive JPEG', (height) => jpeg(5000, height, { marker: 0xc2 }), 2500],
    ['JPEG in a scan per component', (height) => jpeg(5000, height, { scans: scan(1) }), 2500],
    [
      'progressive JPEG at full colour',
      (height) => jpeg(5000, height, { marker: 0xc2, sampling: [0x11, 0x11, 0x11] }),
      1250,
    ],
    ['interlaced grey PNG', (height) => png(5000, height, { form: [1, 0, 1] }), 2500],
    ['interlaced PNG', (height) => png(5000, height, { form: [8, 2, 1] }), 2500],
    ['16-bit PNG', (height) => png(5000, height, { form: [16, 2, 0] }), 2500],
    ['interlaced 16-bit PNG with alpha', (height) => png(5000, height, { form: [16, 6, 1] }), 937],
    ['WebP', (height) => webp(lossy(5000, height)), 2500],
  ])('accepts fewer pixels of a %s, of which a decoder makes or holds more', (_, make, most) => {
    expect(probeImage(make(most)).kind).toBe('image');
    expect(probeImage(make(most + 1))).toEqual({ kind: 'rejected', code: 'image-too-large' });
  });

  it('refuses scans beyond what an encoder writes', () => {
    const progressive = (scans: number[]) => probeImage(jpeg(W, H, { marker: 0xc2, scans }));
    expect(progressive(repeat(scan(1), 24)).kind).toBe('image');
    const refused = { kind: 'rejected', code: 'image-coding-unsupported' };
    expect(progressive(repeat(scan(1), 25))).toEqual(refused);
    expect(progressive([...scan(1), ...repeat(huffmanTable, 97)])).toEqual(refused);
  });

  it('judges a JPEG whose segments lead in a circle or nowhere without hanging or throwing', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const start = fc.constantFrom(
      [0xff, 0xd8, 0xff],
      [...jpeg(W, H, { marker: 0xc2 })],
      ascii('RIFF\0\0\0\0WEBPVP8'),
      [...webp(canvas(W, H), lossy(W, H))],
      ascii('\x89PNG\r\n\x1a\n'),
      [...png(W, H)].slice(0, 33),
    );
    fc.assert(
      fc.property(start, bytes, (magic, rest) => {
        expect(['image', 'rejected']).toContain(probeImage(Uint8Array.from([...magic, ...rest])).kind);
      }),
    );
  });
});

describe('the essence of a picture', () => {
  it('is a JPEG without what applications added, before its scans and behind its end', () => {
    const plain = jpeg(W, H, { marker: 0xc2, before: huffmanTable });
    const before = [
      ...thumbnail,
      ...huffmanTable,
      ...segment(0xe2, ascii('ICC_PROFILE\0')),
      ...segment(0xfe, [7]),
    ];
    const loaded = jpeg(W, H, { marker: 0xc2, before });
    expect(essenceOf(Uint8Array.from([...loaded, ...ascii('PK\x03\x04')]))).toEqual([...plain]);
  });

  it("keeps Adobe's word on the colours of a JPEG", () => {
    const plain = jpeg(W, H, { before: segment(0xee, ascii('Adobe\0\x64\0\0\0\0\x02')) });
    expect(essenceOf(plain)).toEqual([...plain]);
  });

  it('is a PNG without its ancillary chunks, apart from transparency', () => {
    const kept = [...pngChunk('PLTE', [1, 2, 3]), ...pngChunk('tRNS', [4]), ...pixels];
    const loaded = [...pngChunk('iCCP', [1]), ...pngChunk('zTXt', [2]), ...kept, ...pngChunk('tEXt')];
    expect(essenceOf(png(W, H, { chunks: loaded }))).toEqual([...png(W, H, { chunks: kept })]);
  });

  it('is a WebP of its pixels alone', () => {
    const bait = [...webpChunk('ICCP', [1]), ...webpChunk('ALPH', [0]), ...webpChunk('XMP ', [2, 3])];
    const length = uint32(4 + 18).reverse();
    const plain = [...ascii('RIFF'), ...length, ...ascii('WEBP'), ...lossy(W, H)];
    expect(essenceOf(webp(canvas(W, H), bait, lossy(W, H), bait))).toEqual(plain);
  });
});

function repeat(bytes: readonly number[], times: number): number[] {
  return Array<readonly number[]>(times).fill(bytes).flat();
}

function jpegFrameOf(bytes: Uint8Array): number[] {
  return [...bytes.subarray(2, 2 + 19)];
}

function scattered(): number[] {
  return repeat([...pngChunk('IDAT', [1]), ...pngChunk('tEXt')], 6);
}
