import { describe, expect, it } from '@jest/globals';
import { alignFace, warp } from './align.js';
import { ALIGNED_SIZE } from './crops.js';
import { applySimilarity } from './similarity.js';

const width = 300;
const height = 300;

/** White squares of five pixels around the points, black elsewhere. */
function dotted(points: readonly { x: number; y: number }[]) {
  const data = new Uint8Array(width * height * 3);
  for (const { x, y } of points) {
    for (let row = -2; row <= 2; row += 1) {
      for (let column = -2; column <= 2; column += 1) {
        const at = ((Math.round(y) + row) * width + Math.round(x) + column) * 3;
        data.fill(255, at, at + 3);
      }
    }
  }
  return { data, width, height };
}

const inCrop = { eyes: [38, 52, 74, 52], nose: [56, 72], mouth: [42, 92, 71, 92] } as const;

/** A face of 68 points of which only those that matter differ, turned and enlarged. */
function landmarksOf(place: (x: number, y: number) => { x: number; y: number }) {
  const landmarks = Array.from({ length: 68 }, () => place(0, 0));
  const put = (indices: readonly number[], x: number, y: number) => {
    for (const index of indices) landmarks[index] = place(x, y);
  };
  put([36, 37, 38, 39, 40, 41], inCrop.eyes[0], inCrop.eyes[1]);
  put([42, 43, 44, 45, 46, 47], inCrop.eyes[2], inCrop.eyes[3]);
  put([30], inCrop.nose[0], inCrop.nose[1]);
  put([48, 60], inCrop.mouth[0], inCrop.mouth[1]);
  put([54, 64], inCrop.mouth[2], inCrop.mouth[3]);
  return landmarks;
}

describe('alignFace', () => {
  it.each([
    ['small and upright', 1, 0],
    ['large and tilted by 30°', 1.7, Math.PI / 6],
  ])('brings a face that is %s to the ArcFace template', (_, scale, angle) => {
    const by = { a: scale * Math.cos(angle), b: scale * Math.sin(angle), shiftX: 120, shiftY: 30 };
    const landmarks = landmarksOf((x, y) => applySimilarity(by, { x, y }));
    const crop = alignFace(dotted([landmarks[30] ?? { x: 0, y: 0 }]), landmarks);
    const nose = (72 * ALIGNED_SIZE + 56) * 3;
    expect(crop.data[nose]).toBeGreaterThan(200);
    expect(crop.data[nose + 8 * 3]).toBe(0);
  });
});

describe('warp', () => {
  it('averages where a crop pixel covers several image pixels', () => {
    const striped = Uint8Array.from({ length: width * height * 3 }, (_, i) => (Math.floor(i / 3) % 2) * 200);
    const crop = warp({ data: striped, width, height }, { a: 2, b: 0, shiftX: 20, shiftY: 20 }, 8);
    expect(new Set(crop.data)).toEqual(new Set([100]));
  });
});
