/** Bytes that must not be found, and what it would mean to find them. */
export interface Needle {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Offsets at which any byte will do. */
  readonly gaps?: readonly number[];
}

/** Whole files of this kind, whatever they show; longer than the two bytes that random data has everywhere. */
export const JPEG_STARTS: readonly Needle[] = [
  { name: 'JPEG (JFIF)', bytes: Buffer.from('ffd8ffe000104a464946', 'hex') },
  { name: 'JPEG (Exif)', bytes: Buffer.from('ffd8ffe1000045786966', 'hex'), gaps: [4, 5] },
  { name: 'JPEG (tables first)', bytes: Buffer.from('ffd8ffdb0043', 'hex') },
];

/** The same bytes as they may end up in a file, a text column or a JSON document. */
export function inEveryEncoding(name: string, bytes: Uint8Array): Needle[] {
  const hex = Buffer.from(bytes).toString('hex');
  const texts = { hex, 'upper-case hex': hex.toUpperCase(), ...base64Alignments(bytes) };
  return [
    { name, bytes },
    ...Object.entries(texts).map(([encoding, text]) => ({
      name: `${name}, ${encoding}`,
      bytes: Buffer.from(text, 'latin1'),
    })),
  ];
}

/** A text in the encodings of bytes, and in the one of wide characters. */
export function textInEveryEncoding(name: string, text: string): Needle[] {
  return [
    ...inEveryEncoding(name, Buffer.from(text, 'latin1')),
    { name: `${name}, UTF-16LE`, bytes: Buffer.from(text, 'utf16le') },
  ];
}

const WINDOWS = 6;
/** Runs of one colour look alike in every picture. */
const VARIETY = 0.5;

/** Pieces from all over, since a storage engine may cut what it stores. */
export function windowsOf(name: string, bytes: Uint8Array, length: number): Needle[] {
  const stride = Math.floor((bytes.length - length) / WINDOWS);
  const windows = Array.from({ length: WINDOWS }, (_, index) => {
    const from = Math.floor(stride * (index + 0.5));
    return { from, piece: bytes.subarray(from, from + length) };
  });
  return windows
    .filter(({ piece }) => new Set(piece).size >= length * VARIETY)
    .flatMap(({ from, piece }) => inEveryEncoding(`${name} from byte ${from}`, piece));
}

/**
 * Base64 groups three bytes, and nobody knows where a group begins; of each of the three ways only
 * the characters that depend on nothing before or after are looked for.
 */
function base64Alignments(bytes: Uint8Array): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const shift of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    const whole = padded.subarray(shift === 0 ? 0 : 3, padded.length - (padded.length % 3));
    texts[`base64 (shift ${shift})`] = whole.toString('base64');
    texts[`base64url (shift ${shift})`] = whole.toString('base64url');
  }
  return texts;
}
