import { describe, expect, it } from '@jest/globals';
import type { PixelInput } from './planes.js';
import { mirrored, toGreyPlane, toPlanes } from './planes.js';
import type { RgbImage } from './rgb-image.js';

const image = { data: Uint8Array.of(10, 20, 30, 40, 50, 60), width: 2, height: 1 };

function planesOf({ data, width, height }: RgbImage, input: PixelInput): number[] {
  const planes = new Float32Array(width * height * (input.order === 'grey' ? 1 : 3)).fill(Number.NaN);
  toPlanes({ data, width, height }, input, planes);
  return [...planes];
}

describe('toPlanes', () => {
  it('orders the channels and normalises each with its own mean and deviation', () => {
    const mean = [10, 20, 30];
    const deviation = [1, 2, 5];
    const rgb = planesOf(image, { order: 'rgb', mean, deviation });
    expect([...rgb]).toEqual([0, 30, 0, 15, 0, 6]);
    const bgr = planesOf(image, {
      order: 'bgr',
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    });
    expect([...bgr]).toEqual([30, 60, 20, 50, 10, 40]);
  });

  it('makes one plane of luminance where a model sees no colour', () => {
    const grey = planesOf(image, { order: 'grey', mean: [8.15], deviation: [10] });
    expect([...grey]).toEqual([expect.closeTo(1, 5), expect.closeTo(4, 5)]);
  });
});

describe('toGreyPlane', () => {
  it('weighs red, green and blue as the eye does', () => {
    expect([...toGreyPlane(image)]).toEqual([expect.closeTo(18.15, 3), expect.closeTo(48.15, 3)]);
    expect(toGreyPlane({ data: Uint8Array.of(255, 255, 255), width: 1, height: 1 }, 255)[0]).toBeCloseTo(
      1,
      6,
    );
  });
});

describe('mirrored', () => {
  it('swaps left and right and keeps the colours', () => {
    expect(mirrored(image)).toEqual({ data: Uint8Array.of(40, 50, 60, 10, 20, 30), width: 2, height: 1 });
  });
});
