const START = Buffer.of(0xff, 0xd8);
const END = Buffer.of(0xff, 0xd9);

export const marker = {
  baseline: 0xc0,
  progressive: 0xc2,
  huffmanTable: 0xc4,
  startOfScan: 0xda,
  quantizationTable: 0xdb,
  numberOfLines: 0xdc,
  restartInterval: 0xdd,
  jfif: 0xe0,
  exif: 0xe1,
  profile: 0xe2,
  photoshop: 0xed,
  adobe: 0xee,
  comment: 0xfe,
} as const;

export function uint16(value: number): Buffer {
  return Buffer.of((value >> 8) & 0xff, value & 0xff);
}

export function segment(kind: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(0xff, kind), uint16(body.length + 2), body]);
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly kind?: number;
  readonly precision?: number;
  readonly sampling?: readonly number[];
}

export function frame({ width, height, kind = marker.baseline, precision = 8, sampling }: Frame): Buffer {
  const factors = sampling ?? [0x22, 0x11, 0x11];
  const components = factors.flatMap((factor, index) => [index + 1, factor, 0]);
  const body = [precision, ...uint16(height), ...uint16(width), factors.length, ...components];
  return segment(kind, Buffer.from(body));
}

/** Every coefficient divided by one. */
export const flatQuantization = segment(
  marker.quantizationTable,
  Buffer.concat([Buffer.of(0), Buffer.alloc(64, 1)]),
);

/** One code of one bit, which is 0: whatever it stands for costs next to nothing. */
export function oneCodeTable(kind: 'dc' | 'ac', symbol: number): Buffer {
  const counts = Buffer.alloc(16);
  counts[0] = 1;
  return segment(
    marker.huffmanTable,
    Buffer.concat([Buffer.of(kind === 'ac' ? 0x10 : 0), counts, Buffer.of(symbol)]),
  );
}

export interface Scan {
  readonly components: readonly number[];
  /** First and last coefficient. */
  readonly band?: readonly [number, number];
  /** Bits before and of this scan, in a nibble each. */
  readonly approximation?: number;
}

export function scan({ components, band = [0, 63], approximation = 0 }: Scan): Buffer {
  const selectors = components.flatMap((id) => [id, 0]);
  return segment(marker.startOfScan, Buffer.from([components.length, ...selectors, ...band, approximation]));
}

export function jpeg(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([START, ...parts, END]);
}

export interface Located {
  readonly kind: number;
  readonly start: number;
  readonly end: number;
}

/** The segments of a well-formed file up to and with its first scan header. */
export function segmentsOf(file: Buffer): Located[] {
  const segments: Located[] = [];
  for (let start = 2; start + 4 <= file.length;) {
    const kind = file[start + 1] ?? 0;
    const end = start + 2 + file.readUInt16BE(start + 2);
    segments.push({ kind, start, end });
    if (kind === marker.startOfScan) break;
    start = end;
  }
  return segments;
}

/** Puts `parts` behind the first marker. */
export function withSegments(file: Buffer, ...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([file.subarray(0, 2), ...parts, file.subarray(2)]);
}
