import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Point } from './geometry.js';
import type { Similarity } from './similarity.js';
import { applySimilarity, estimateSimilarity, invertSimilarity, scaleOf } from './similarity.js';

const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
const similarity = fc
  .record({
    scale: fc.double({ min: 0.1, max: 10, noNaN: true }),
    angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    shiftX: coordinate,
    shiftY: coordinate,
  })
  .map(({ scale, angle, ...shift }) => ({
    a: scale * Math.cos(angle),
    b: scale * Math.sin(angle),
    ...shift,
  }));

// Spread like the five points of a face, so that the estimate is well conditioned.
const face: readonly Point[] = [
  { x: 38, y: 52 },
  { x: 74, y: 51 },
  { x: 56, y: 72 },
  { x: 42, y: 92 },
  { x: 71, y: 92 },
];

function expectNear(actual: Point, expected: Point): void {
  expect(actual.x).toBeCloseTo(expected.x, 5);
  expect(actual.y).toBeCloseTo(expected.y, 5);
}

describe('estimateSimilarity', () => {
  it('recovers any rotation, scale and shift from exact points', () => {
    fc.assert(
      fc.property(similarity, (known: Similarity) => {
        const estimate = estimateSimilarity(
          face,
          face.map((point) => applySimilarity(known, point)),
        );
        expect(estimate.a).toBeCloseTo(known.a, 8);
        expect(estimate.b).toBeCloseTo(known.b, 8);
        expect(estimate.shiftX).toBeCloseTo(known.shiftX, 5);
        expect(estimate.shiftY).toBeCloseTo(known.shiftY, 5);
      }),
    );
  });

  it('spreads the error of one misplaced point over all', () => {
    const target = face.map((point, index) => (index === 2 ? { x: point.x + 5, y: point.y } : point));
    const estimate = estimateSimilarity(face, target);
    expect(estimate.shiftX + estimate.a * 56 - estimate.b * 72).toBeCloseTo(57, 0);
    expect(scaleOf(estimate)).toBeCloseTo(1, 2);
  });

  it('refuses points that coincide', () => {
    const point = { x: 3, y: 4 };
    expect(() => estimateSimilarity([point, point], [point, point])).toThrow('coincide');
  });
});

describe('invertSimilarity', () => {
  it('leads every point back', () => {
    fc.assert(
      fc.property(similarity, coordinate, coordinate, (known: Similarity, x, y) => {
        expectNear(applySimilarity(invertSimilarity(known), applySimilarity(known, { x, y })), { x, y });
      }),
    );
  });
});
