import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eyeSquare, faceSquare, faceSquareReaching } from './crops.js';

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

describe('faceSquareReaching', () => {
  it('has its extent where the picture has room', () => {
    const square = faceSquareReaching(face, { width: 640, height: 480 }, 2.7);
    expect(square).toEqual({ left: expect.closeTo(39), top: expect.closeTo(29), width: 162, height: 162 });
  });

  it('is shifted into a picture that has room elsewhere', () => {
    const square = faceSquareReaching({ ...face, left: 0, top: 430 }, { width: 640, height: 480 }, 2.5);
    expect(square).toEqual({ left: 0, top: 330, width: 150, height: 150 });
  });

  it('keeps what is above and below the face of an upright selfie, and lets the sides run over', () => {
    const square = faceSquareReaching(
      { left: 60, top: 200, width: 240, height: 320 },
      { width: 360, height: 640 },
      2.7,
    );
    expect(square).toEqual({ left: -140, top: 0, width: 640, height: 640 });
  });

  it('never leaves a picture in the direction of its longer side, nor by more than it must in the other', () => {
    const extent = fc.integer({ min: 1, max: 700 });
    fc.assert(
      fc.property(extent, extent, extent, extent, (left, top, width, height) => {
        const image = { width: 640, height: 480 };
        const square = faceSquareReaching({ left, top, width, height }, image, 2.7);
        expect(square.width).toBe(square.height);
        expect(square.left).toBeGreaterThanOrEqual(0);
        expect(square.left + square.width).toBeLessThanOrEqual(image.width);
        expect(square.top >= 0 || square.height > image.height).toBe(true);
      }),
    );
  });
});
