import { describe, expect, it } from '@jest/globals';
import type { RgbImage } from '../face/rgb-image.js';
import { measureMouthVisible } from './mouth-visible.js';

type Colour = readonly [red: number, green: number, blue: number];

const SIDE = 112;
const MASK_EDGE = 66;
/** As in the model manifest. */
const LIMIT = 0.15;

function painted(colour: (x: number, y: number) => Colour): RgbImage {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) data.set(colour(x, y), (y * SIDE + x) * 3);
  }
  return { data, width: SIDE, height: SIDE };
}

const times = (factor: number, [red, green, blue]: Colour): Colour => [
  factor * red,
  factor * green,
  factor * blue,
];

function bare(skin: Colour, row = 92): RgbImage {
  return painted((x, y) => times(Math.abs(y - row) <= 1 && x > 40 && x < 72 ? 0.6 : 1, skin));
}

function masked(skin: Colour, mask: (x: number, y: number) => Colour): RgbImage {
  return painted((x, y) => (y < MASK_EDGE ? skin : mask(x, y)));
}

const skins: readonly (readonly [string, Colour])[] = [
  ['light', [225, 180, 155]],
  ['brown', [150, 105, 80]],
  ['dark', [80, 52, 40]],
];
const masks: readonly (readonly [string, (x: number, y: number) => Colour])[] = [
  ['white', () => [235, 235, 238]],
  ['blue', () => [150, 195, 225]],
  ['black', () => [28, 28, 32]],
  ['of the colour of skin', () => [200, 155, 130]],
  ['pleated blue', (_, y) => times(y % 12 < 2 ? 0.85 : 1, [150, 195, 225])],
  ['pleated white', (_, y) => times(y % 12 < 2 ? 0.85 : 1, [235, 235, 238])],
  ['striped', (_, y) => (y % 16 < 8 ? [60, 90, 150] : [235, 235, 235])],
];
// As a lamp, a lens and a camera change a picture: exposure and colour of the light.
const lights: readonly (readonly [string, Colour])[] = [
  ['daylight', [1, 1, 1]],
  ['half the light', [0.5, 0.5, 0.5]],
  ['a warm lamp', [1, 0.85, 0.6]],
  ['a cold tube', [0.8, 0.95, 1]],
];

function lit({ data, ...size }: RgbImage, light: Colour): RgbImage {
  return { ...size, data: data.map((value, index) => value * (light[index % 3] ?? 1)) };
}

describe.each(lights)('measureMouthVisible in %s', (_, light) => {
  it.each(skins)('sees the mouth of a %s face', (_skin, skin) => {
    expect(measureMouthVisible(lit(bare(skin), light))).toBeGreaterThan(0.3);
  });

  it.each(
    skins.flatMap(([skin, colour]) => masks.map(([mask, paint]) => [skin, mask, colour, paint] as const)),
  )('sees none on a %s face under a mask that is %s', (_skin, _mask, colour, paint) => {
    expect(measureMouthVisible(lit(masked(colour, paint), light))).toBeLessThan(LIMIT);
  });
});

describe('measureMouthVisible', () => {
  it.each([82, 87, 97, 102])(
    'finds the line in row %d, where an open or crooked mouth may have it',
    (row) => {
      expect(measureMouthVisible(bare([150, 105, 80], row))).toBeGreaterThan(0.3);
    },
  );

  it('does not take the upper edge of a mask for a mouth', () => {
    expect(measureMouthVisible(masked([150, 105, 80], () => [30, 20, 15]))).toBeLessThan(LIMIT);
  });

  it('sees lips by their colour where no line parts them', () => {
    const skin: Colour = [225, 180, 155];
    const lips: Colour = [225, 150, 140];
    const smile = painted((_, y) => (Math.abs(y - 92) <= 4 ? lips : skin));
    expect(measureMouthVisible(smile)).toBeGreaterThan(LIMIT);
  });
});
