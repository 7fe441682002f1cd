import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countPrefixCodeSets } from './count-prefix-codes.js';

type Field = readonly [value: number, bits: number];

const size = { width: 32, height: 16 };
const header: Field[] = [
  [0x2f, 8],
  [size.width - 1, 14],
  [size.height - 1, 14],
  [0, 1],
  [0, 3],
];
const noTransform: Field = [0, 1];
const noCache: Field = [0, 1];
const noTiles: Field = [0, 1];

/** A code of one symbol, or of two with a bit each. */
const symbols = (first: number, second?: number): Field[] => [
  [1, 1],
  [second === undefined ? 0 : 1, 1],
  [1, 1],
  [first, 8],
  ...(second === undefined ? [] : [[second, 8] as const]),
];
const distance = symbols(0);

/** Pixels of `greens` and one or two reds, coded one by one. */
function pixels(count: number, greens: Field[], reds: Field[], bitsPerPixel: number): Field[] {
  const codes = [noCache, ...greens, ...reds, ...symbols(0), ...symbols(0), ...distance];
  return [...codes, ...Array<Field>(count * bitsPerPixel).fill([1, 1])];
}

function stream(...fields: readonly Field[]): Uint8Array {
  const bits = fields.flatMap(([value, length]) =>
    Array.from({ length }, (_, index) => (value >>> index) & 1),
  );
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => (bytes[index >> 3]! |= bit << (index & 7)));
  return bytes;
}

/** A tile map of `side` pixels per tile, and what it says. */
const tiles = (log2Side: number): Field[] => [
  [1, 1],
  [log2Side - 2, 3],
];
const predictor = (log2Side: number): Field[] => [
  [1, 1],
  [0, 2],
  [log2Side - 2, 3],
];

describe('countPrefixCodeSets', () => {
  it('is one for a picture that is coded the same all over', () => {
    expect(countPrefixCodeSets(stream(...header, noTransform, noCache, noTiles), size)).toBe(1);
  });

  it('is what red and green of the tile map can name', () => {
    const map = pixels(8 * 4, symbols(0, 1), symbols(0, 200), 2);
    expect(countPrefixCodeSets(stream(...header, noTransform, noCache, ...tiles(2), ...map), size)).toBe(4);
  });

  it('reads on behind every transform', () => {
    const transforms: Field[] = [
      ...predictor(4),
      ...pixels(2, symbols(7, 9), symbols(0), 1),
      [1, 1],
      [2, 2], // subtract green
      [1, 1],
      [3, 2], // palette of two colours, which packs eight pixels into one
      [1, 8],
      ...pixels(2, symbols(1, 2), symbols(3, 4), 2),
    ];
    const map = pixels(1 * 4, symbols(0, 1), symbols(0), 1);
    const whole = [...header, ...transforms, noTransform, noCache, ...tiles(2), ...map];
    expect(countPrefixCodeSets(stream(...whole), size)).toBe(2);
    expect(countPrefixCodeSets(stream(...whole).subarray(0, -1), size)).toBeUndefined();
  });

  it('passes over copied pixels', () => {
    const wide = { width: 48, height: 4 };
    // Symbol 18 of the lengths repeats zero, from 11 times up; symbol 1 is a code of one bit.
    const zeros = (times: number): Field[] => [
      [1, 1],
      [times - 11, 7],
    ];
    const oneBit: Field = [0, 1];
    const notSimple: Field = [0, 1];
    const lengthsOfLengths = [17, 18, 0, 1].map((length): Field => [
      length === 18 || length === 1 ? 1 : 0,
      3,
    ]);
    // Green 11, and the copy symbol 256 + 4, whose length is 5 or 6 by one bit more.
    const lengths = [...zeros(11), oneBit, ...zeros(138), ...zeros(110), oneBit, ...zeros(19)];
    const greens: Field[] = [notSimple, [0, 4], ...lengthsOfLengths, [0, 1], ...lengths];
    const pixel: Field = [0, 1];
    const copyOfFive: Field = [0b01, 2];
    const copyOfSix: Field = [0b11, 2];
    const codes = [noCache, ...greens, ...symbols(0), ...symbols(0), ...symbols(0), ...distance];
    const twelvePixels = [...codes, pixel, copyOfSix, copyOfFive];
    const map = pixels(12, symbols(0, 1), symbols(0, 3), 2);
    const whole = stream(
      ...header,
      ...predictor(2),
      ...twelvePixels,
      noTransform,
      noCache,
      ...tiles(2),
      ...map,
    );
    expect(countPrefixCodeSets(whole, wide)).toBe(4);
  });

  it.each<[string, Field[]]>([
    // All symbols have codes of one bit, of which there are two.
    ['a code given twice', [noTransform, noCache, ...tiles(2), noCache, [0, 5], ...oneBitForAll()]],
    ['a colour cache of no colours', [noTransform, [1, 1], [0, 4]]],
    ['more transforms than there are', Array<Field>(5).fill([0b101, 3])],
  ])('is not told by %s', (_, fields) => {
    const whole = stream(...header, ...fields, ...Array<Field>(20_000).fill([0, 8]));
    expect(countPrefixCodeSets(whole, size)).toBeUndefined();
  });

  it('gives up on more tiles than an encoder makes', () => {
    const large = { width: 4096, height: 3000 };
    const single = pixels(0, symbols(0), symbols(0), 0);
    const tail = Array<Field>(8).fill([0, 8]);
    const of = (log2Side: number) =>
      countPrefixCodeSets(
        stream(...header, noTransform, noCache, ...tiles(log2Side), ...single, ...tail),
        large,
      );
    expect(of(2)).toBeUndefined();
    expect(of(3)).toBe(1);
  });

  it('comes to an end whatever it reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const sets = countPrefixCodeSets(bytes, { width: 3000, height: 3000 });
        expect(sets === undefined || (sets >= 0 && sets <= 65_536)).toBe(true);
      }),
    );
  });
});

/** Of four lengths that follow, only the last, which is 1, has a code. */
function oneBitForAll(): Field[] {
  return [
    [0, 9],
    [1, 3],
  ];
}
