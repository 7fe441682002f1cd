/** Made when it is its turn: all of them at once would fill gigabytes. */
export interface HostileFile {
  readonly name: string;
  readonly make: () => Buffer;
}

export function hostile(name: string, make: () => Buffer): HostileFile {
  return { name, make };
}

/** One file for each pair. */
export function eachPair<A, B>(
  first: readonly A[],
  second: readonly B[],
  make: (a: A, b: B) => HostileFile,
): HostileFile[] {
  return first.flatMap((a) => second.map((b) => make(a, b)));
}

/** Sides below, at and beyond every limit: of the probe, of a signed and of an unsigned number. */
export const SIDES = [0, 1, 63, 64, 5000, 8192, 8193, 65535] as const;

/** Honest pictures to start from. */
export interface HonestFiles {
  readonly jpeg: Buffer;
  readonly progressiveJpeg: Buffer;
  readonly cmykJpeg: Buffer;
  readonly png: Buffer;
  readonly palettePng: Buffer;
  readonly webp: Buffer;
  readonly losslessWebp: Buffer;
}

export function repeated(part: Uint8Array, times: number): Buffer {
  return Buffer.concat(Array<Uint8Array>(times).fill(part));
}

/** Cut at each of the places, and one byte to either side of it. */
export function truncations(name: string, file: Buffer, places: readonly number[]): HostileFile[] {
  const lengths = new Set(places.flatMap((place) => [place - 1, place, place + 1]));
  return [...lengths]
    .filter((length) => length > 0 && length < file.length)
    .map((length) => hostile(`${name} cut to ${length} bytes`, () => file.subarray(0, length)));
}

/** Places spread over a file. */
export function spread(file: Buffer, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor((file.length * (index + 1)) / (count + 1)));
}
