import type { BitReader } from './bit-reader.js';

const MAX_LENGTH = 15;

/** A canonical prefix code: its symbols by length, then by value. */
export class PrefixCode {
  readonly #symbolsOfLength: readonly number[];
  readonly #symbols: readonly number[];

  private constructor(symbolsOfLength: readonly number[], symbols: readonly number[]) {
    this.#symbolsOfLength = symbolsOfLength;
    this.#symbols = symbols;
  }

  /** @param lengths of the code of each symbol, 0 for those that do not occur
   *  @returns undefined when they leave codes over or give one twice */
  static from(lengths: ArrayLike<number>): PrefixCode | undefined {
    const symbols = Array.from({ length: lengths.length }, (_, symbol) => symbol)
      .filter((symbol) => lengths[symbol] !== 0)
      .sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
    const symbolsOfLength = Array<number>(MAX_LENGTH + 1).fill(0);
    let space = 1 << MAX_LENGTH;
    for (const symbol of symbols) {
      const length = lengths[symbol] ?? 0;
      symbolsOfLength[length] = (symbolsOfLength[length] ?? 0) + 1;
      space -= 1 << (MAX_LENGTH - length);
    }
    return symbols.length === 1 || space === 0 ? new PrefixCode(symbolsOfLength, symbols) : undefined;
  }

  /** How many of the symbols below `limit` occur. */
  occurring(limit: number): number {
    return this.#symbols.filter((symbol) => symbol < limit).length;
  }

  /** A code of one symbol takes no bits. */
  next(reader: BitReader): number {
    if (this.#symbols.length === 1) return this.#symbols[0] ?? 0;
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= MAX_LENGTH; length += 1) {
      code |= reader.bit();
      const count = this.#symbolsOfLength[length] ?? 0;
      if (code - first < count) return this.#symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return 0;
  }
}

const LENGTH_ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;

/** Codes for lengths from 16 on repeat: the last length, or 0. */
const REPEATS: ReadonlyMap<number, { readonly bits: number; readonly least: number }> = new Map([
  [16, { bits: 2, least: 3 }],
  [17, { bits: 3, least: 3 }],
  [18, { bits: 7, least: 11 }],
]);
const REPEAT_LAST = 16;
const FIRST_LAST = 8;

export function readPrefixCode(reader: BitReader, alphabet: number): PrefixCode | undefined {
  return PrefixCode.from(reader.bit() === 1 ? readFewSymbols(reader) : readLengths(reader, alphabet));
}

function readFewSymbols(reader: BitReader): Uint8Array {
  const lengths = new Uint8Array(256);
  const hasTwo = reader.bit() === 1;
  lengths[reader.read(reader.bit() === 1 ? 8 : 1)] = 1;
  if (hasTwo) lengths[reader.read(8)] = 1;
  return lengths;
}

function readLengths(reader: BitReader, alphabet: number): Uint8Array {
  const lengths = new Uint8Array(alphabet);
  const lengthLengths = new Uint8Array(LENGTH_ORDER.length);
  for (const length of LENGTH_ORDER.slice(0, 4 + reader.read(4))) lengthLengths[length] = reader.read(3);
  const lengthCode = PrefixCode.from(lengthLengths);
  if (!lengthCode) return lengths;
  let tokens = reader.bit() === 1 ? 2 + reader.read(2 + 2 * reader.read(3)) : alphabet;
  let last = FIRST_LAST;
  for (let symbol = 0; symbol < alphabet && tokens > 0; tokens -= 1) {
    const token = lengthCode.next(reader);
    const repeat = REPEATS.get(token);
    const times = repeat ? repeat.least + reader.read(repeat.bits) : 1;
    const length = repeat ? (token === REPEAT_LAST ? last : 0) : token;
    lengths.fill(length, symbol, symbol + times);
    if (length !== 0) last = length;
    symbol += times;
  }
  return lengths;
}
