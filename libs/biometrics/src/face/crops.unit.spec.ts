import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eyeSquare, faceSquare, faceSquareWithin } from './crops.js';

const face = { left: 100, top: 80, width: 40, height: 60 };

describe('the crop of a model', () => {
  it('is a square around the face or an eye, of the extent that the model was trained with', () => {
    expect(faceSquare(face, 1)).toEqual({ left: 90, top: 80, width: 60, height: 60 });
    expect(faceSquare(face, 1.5)).toEqual({ left: 75, top: 65, width: 90, height: 90 });
    expect(eyeSquare({ centre: { x: 50, y: 40 }, width: 10 }, 1.6)).toEqual({
      left: 42,
      top: 32,
      width: 16,
      height: 16,
    });
  });
});

describe('faceSquareWithin', () => {
  it('has its extent where the picture has room', () => {
    const square = faceSquareWithin(face, { width: 640, height: 480 }, 2.7);
    expect(square).toEqual({ left: expect.closeTo(39), top: expect.closeTo(29), width: 162, height: 162 });
  });

  it('never leaves the picture, since such a model judges the surroundings (V4)', () => {
    const extent = fc.integer({ min: 1, max: 700 });
    fc.assert(
      fc.property(extent, extent, extent, extent, (left, top, width, height) => {
        const image = { width: 640, height: 480 };
        const square = faceSquareWithin({ left, top, width, height }, image, 2.7);
        expect(square.width).toBe(square.height);
        expect(Math.min(square.left, square.top)).toBeGreaterThanOrEqual(0);
        expect(square.left + square.width).toBeLessThanOrEqual(image.width);
        expect(square.top + square.height).toBeLessThanOrEqual(image.height);
      }),
    );
  });
});
