import { Random } from '../../../seed/random.js';
import type { HostileFile } from './hostile-file.js';
import { eachPair, hostile, repeated } from './hostile-file.js';
import type { Frame } from './jpeg-syntax.js';
import { flatQuantization, frame, jpeg, marker, oneCodeTable, scan } from './jpeg-syntax.js';

const SCANS = [2, 10, 24, 25, 100, 1000] as const;
const MOST_WITH_BITS = 25;
const SIZES = [
  { width: 640, height: 480 },
  { width: 5000, height: 2499 },
  { width: 5000, height: 5000 },
] as const;
const NOISE_BYTES = 10_000_000;
const NOISE_BLOCK = 50_000;

/** A run of 16,384 blocks without a coefficient. */
const LONG_RUN = 0xe0;
/** Sixteen coefficients of zero. */
const ZEROS = 0xf0;

/** Small files that make a decoder work for long: large frames, many passes, every pass as dear as can be. */
export function costlyJpegs(): HostileFile[] {
  return [
    ...eachPair(SCANS, SIZES, (scans, size) =>
      hostile(`progressive JPEG of ${scans} refinements, ${size.width} × ${size.height}`, () =>
        refined(size, scans),
      ),
    ),
    ...eachPair(SCANS, SIZES, (scans, size) =>
      hostile(`progressive JPEG of ${scans} empty bands, ${size.width} × ${size.height}`, () =>
        banded(size, scans),
      ),
    ),
    ...eachPair([0x11, 0x22] as const, SIZES, (sampling, size) =>
      hostile(`JPEG of a scan per component, ${size.width} × ${size.height}, ${sampling}`, () =>
        perComponent(size, sampling),
      ),
    ),
    ...eachPair(['baseline', 'progressive'] as const, SIZES, (coding, size) =>
      hostile(`${coding} JPEG of ten megabytes of noise, ${size.width} × ${size.height}`, () =>
        noisy({ ...size, kind: marker[coding] }),
      ),
    ),
    ...SIZES.map((size) =>
      hostile(`CMYK JPEG of nothing, ${size.width} × ${size.height}`, () => emptyCmyk(size)),
    ),
  ];
}

interface Sides {
  readonly width: number;
  readonly height: number;
}

/** Blocks of all components at 4:2:0. */
function blocks({ width, height }: Sides): number {
  return Math.ceil(width / 16) * Math.ceil(height / 16) * 6;
}

/** Bits of 0, one to a block. */
function zeroBits(size: Sides, bitsPerBlock = 1): Buffer {
  return Buffer.alloc(Math.ceil((blocks(size) * bitsPerBlock) / 8));
}

function tables(ac: number): Buffer {
  return Buffer.concat([flatQuantization, oneCodeTable('dc', 0), oneCodeTable('ac', ac)]);
}

/** The lowest bit of every first coefficient, over and over. */
function refined(size: Sides, scans: number): Buffer {
  const all = [1, 2, 3];
  // What is too many scans for certain has no need of bits, and would be too many bytes with them.
  const bits = scans > MOST_WITH_BITS ? Buffer.alloc(0) : zeroBits(size);
  const first = [scan({ components: all, band: [0, 0], approximation: 1 }), bits];
  const again = [scan({ components: all, band: [0, 0], approximation: 0x10 }), bits];
  const frameHeader = frame({ ...size, kind: marker.progressive });
  return jpeg(
    tables(LONG_RUN),
    frameHeader,
    ...first,
    ...Array<Buffer[]>(scans - 1)
      .fill(again)
      .flat(),
  );
}

/** Each coefficient of each component by itself, in as many steps as the standard has, and nothing in any. */
function banded(size: Sides, scans: number): Buffer {
  const parts = [tables(LONG_RUN), frame({ ...size, kind: marker.progressive })];
  parts.push(scan({ components: [1, 2, 3], band: [0, 0] }), zeroBits(size));
  const runs = Buffer.alloc(Math.ceil((blocks(size) / 16_384) * 2) + 2);
  for (let index = 0; index < scans - 1; index += 1) {
    const coefficient = 1 + (Math.floor(index / 3) % 63);
    parts.push(scan({ components: [1 + (index % 3)], band: [coefficient, coefficient] }), runs);
  }
  return jpeg(...parts);
}

function perComponent(size: Sides, sampling: number): Buffer {
  const parts = [tables(ZEROS), frame({ ...size, sampling: [sampling, 0x11, 0x11] })];
  for (const component of [1, 2, 3]) parts.push(scan({ components: [component] }), zeroBits(size, 5));
  return jpeg(...parts);
}

function noisy(fields: Frame): Buffer {
  const block = new Random(fields.height).bytes(NOISE_BLOCK).map((byte) => (byte === 0xff ? 0 : byte));
  const noise = repeated(block, NOISE_BYTES / NOISE_BLOCK);
  const band = fields.kind === marker.progressive ? ([0, 0] as const) : ([0, 63] as const);
  return jpeg(tables(ZEROS), frame(fields), scan({ components: [1, 2, 3], band }), noise);
}

function emptyCmyk(size: Sides): Buffer {
  const adobe = Buffer.from('\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x02', 'latin1');
  const frameHeader = frame({ ...size, sampling: [0x11, 0x11, 0x11, 0x11] });
  const header = scan({ components: [1, 2, 3, 4] });
  return jpeg(adobe, tables(0), frameHeader, header, zeroBits(size, (8 * 64) / 12));
}
