import { describe, expect, it } from '@jest/globals';
import { measureExtent } from './face-measures.js';

const image = { width: 400, height: 300 };
const face = { left: 100, top: 60, width: 80, height: 120 };

/** A face of 68 points at `x`, `y`, but for two eyes 50 apart. */
function landmarksAt(x: number, y: number) {
  return Array.from({ length: 68 }, (_, index) => ({ x: index >= 42 && index <= 47 ? x + 50 : x, y }));
}

describe('measureExtent', () => {
  it('counts the distance of the eyes in pixels of the picture as it was sent', () => {
    expect(measureExtent(face, landmarksAt(150, 100), image, 2).interEyeDistance).toBeCloseTo(100);
  });

  it('takes the head as a share of the side that it fills more', () => {
    expect(measureExtent(face, landmarksAt(150, 100), image, 1).headSize).toBeCloseTo(0.4);
    expect(measureExtent({ ...face, width: 240 }, landmarksAt(150, 100), image, 1).headSize).toBeCloseTo(0.6);
  });

  it.each([
    ['left', 12, 100, 0.1],
    ['right', 338, 100, 0.1],
    ['top', 150, 24, 0.2],
    ['bottom', 150, 288, 0.1],
    ['beyond the left', -12, 100, -0.1],
  ])('measures the room at the %s border in face heights', (_, x, y, margin) => {
    expect(measureExtent(face, landmarksAt(x, y), image, 1).marginOfFace).toBeCloseTo(margin);
  });
});
