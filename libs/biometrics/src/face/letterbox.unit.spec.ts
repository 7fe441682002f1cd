import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitLetterbox, fromLetterbox } from './letterbox.js';

const target = { width: 320, height: 240 };
const side = fc.integer({ min: 64, max: 4000 });

describe('fitLetterbox', () => {
  it('centres a portrait between bars', () => {
    const fitted = { target, left: 70, top: 0, width: 180, height: 240 };
    expect(fitLetterbox({ width: 960, height: 1280 }, target)).toEqual(fitted);
  });

  it('leaves a border all around when asked to fill less', () => {
    const fitted = { target, left: 80, top: 60, width: 160, height: 120 };
    expect(fitLetterbox({ width: 640, height: 480 }, target, 0.5)).toEqual(fitted);
  });
});

describe('fromLetterbox', () => {
  it('takes the letterboxed image back to the whole image, whatever its shape', () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 0.6), (width, height, fill) => {
        const letterbox = fitLetterbox({ width, height }, target, fill);
        const share = {
          left: letterbox.left / target.width,
          top: letterbox.top / target.height,
          width: letterbox.width / target.width,
          height: letterbox.height / target.height,
        };
        const box = fromLetterbox(share, letterbox, { width, height });
        expect(box.left).toBeCloseTo(0, 6);
        expect(box.top).toBeCloseTo(0, 6);
        expect(box.width).toBeCloseTo(width, 6);
        expect(box.height).toBeCloseTo(height, 6);
      }),
    );
  });
});
