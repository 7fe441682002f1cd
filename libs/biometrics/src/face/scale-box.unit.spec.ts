import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RgbImage } from './rgb-image.js';
import { scaleBox } from './scale-box.js';

/** Red grows with the column, green with the row, blue is constant. */
function gradient(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let index = 0; index < width * height; index += 1) {
    data.set([(index % width) * 4, Math.floor(index / width) * 4, 77], index * 3);
  }
  return { data, width, height };
}

const image = gradient(60, 40);
const pixel = ({ data, width }: RgbImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

/** The definition, for a picture of 24 × 24: four samples per pixel, a quarter of a step from its middle. */
function meanOfFour(data: Uint8Array, side: number): Uint8Array {
  const step = 24 / side;
  const around = (index: number) => {
    const middle = (index + 0.5) * step - 0.5;
    return [Math.round(middle - step / 4), Math.round(middle + step / 4)];
  };
  return Uint8Array.from({ length: side * side * 3 }, (_, index) => {
    const [pixel, channel] = [Math.floor(index / 3), index % 3];
    const levels = around(Math.floor(pixel / side)).flatMap((row) =>
      around(pixel % side).map((column) => data[(row * 24 + column) * 3 + channel] as number),
    );
    return Math.floor(levels.reduce((sum, level) => sum + level, 0) / 4 + 0.5);
  });
}

describe('scaleBox', () => {
  it('copies when nothing is scaled', () => {
    const whole = scaleBox(image, { left: 0, top: 0, width: 60, height: 40 }, { width: 60, height: 40 });
    expect(whole).toEqual(image);
  });

  it('interpolates between pixels when it enlarges', () => {
    const large = scaleBox(image, { left: 10, top: 10, width: 10, height: 10 }, { width: 20, height: 20 });
    expect(pixel(large, 0, 0)).toEqual([39, 39, 77]);
    expect(pixel(large, 1, 2)).toEqual([41, 43, 77]);
  });

  it('averages when it reduces, so that stripes turn grey', () => {
    const stripes = [0, 255, 255, 0];
    const data = Uint8Array.from(
      { length: 40 * 40 * 3 },
      (_, index) => stripes[Math.floor(index / 3) % 4] ?? 0,
    );
    const whole = { left: 0, top: 0, width: 40, height: 40 };
    const small = scaleBox({ data, width: 40, height: 40 }, whole, { width: 10, height: 10 });
    expect(new Set(small.data)).toEqual(new Set([128]));
  });

  it('averages colours alike with and without the last pixel of the picture', () => {
    const bytes = fc.uint8Array({ minLength: 24 * 24 * 3, maxLength: 24 * 24 * 3 });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 2, max: 16 }), (data, side) => {
        const box = { left: 0, top: 0, width: 24, height: 24 };
        const size = { width: side, height: side };
        const longer = new Uint8Array(24 * 25 * 3);
        longer.set(data);
        // The same pixels, but the last of the box is no longer the last of all; a box that only just reduces reads it.
        const whole = scaleBox({ data, width: 24, height: 24 }, box, size);
        expect(scaleBox({ data: longer, width: 24, height: 25 }, box, size)).toEqual(whole);
        expect(whole.data).toEqual(meanOfFour(data, side));
      }),
    );
  });

  it('leaves nothing of an earlier crop in memory that it is given', () => {
    const box = { left: 10, top: 10, width: 10, height: 10 };
    for (const size of [
      { width: 20, height: 20 },
      { width: 4, height: 4 },
    ]) {
      const used = new Uint8Array(size.width * size.height * 3).fill(255);
      const crop = scaleBox(image, box, size, used);
      expect(crop.data).toBe(used);
      expect(crop).toEqual(scaleBox(image, box, size));
    }
  });

  it('continues the edge beyond the border', () => {
    const beyond = scaleBox(image, { left: -20, top: -20, width: 20, height: 20 }, { width: 20, height: 20 });
    expect(pixel(beyond, 3, 17)).toEqual([0, 0, 77]);
  });
});
