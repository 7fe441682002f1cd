import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Detection } from './detections.js';
import { readDetections, suppressOverlaps } from './detections.js';
import { overlap } from './geometry.js';

const detection = fc.record({
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  box: fc.record({
    left: fc.integer({ min: 0, max: 50 }),
    top: fc.integer({ min: 0, max: 50 }),
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
  }),
});

describe('readDetections', () => {
  const scores = Float32Array.of(0.1, 0.9, 0.6, 0.4, 0.3, 0.7);
  const corners = Float32Array.of(0.25, 0.5, 0.75, 1, 0, 0, 1, 1, 0.5, 0.5, 0.25, 0.75);

  it('keeps what reaches the threshold and has an area', () => {
    expect(readDetections(scores, corners, 0.65)).toEqual([
      { score: expect.closeTo(0.9, 5), box: { left: 0.25, top: 0.5, width: 0.5, height: 0.5 } },
    ]);
  });
});

describe('suppressOverlaps', () => {
  it('keeps the better of two detections of one face, and another face', () => {
    const better = { score: 0.9, box: { left: 0, top: 0, width: 10, height: 10 } };
    const worse = { score: 0.8, box: { left: 1, top: 1, width: 10, height: 10 } };
    const other = { score: 0.7, box: { left: 30, top: 0, width: 10, height: 10 } };
    expect(suppressOverlaps([worse, other, better], 0.4)).toEqual([better, other]);
  });

  it('keeps detections that overlap no more than the limit', () => {
    const half = { score: 0.8, box: { left: 0, top: 0, width: 10, height: 5 } };
    const whole = { score: 0.9, box: { left: 0, top: 0, width: 10, height: 10 } };
    expect(suppressOverlaps([half, whole], 0.5)).toEqual([whole, half]);
    expect(suppressOverlaps([half, whole], 0.49)).toEqual([whole]);
  });

  it('leaves no two that overlap too much, and drops none without a better neighbour', () => {
    fc.assert(
      fc.property(fc.array(detection, { maxLength: 12 }), (all: Detection[]) => {
        const kept = suppressOverlaps(all, 0.4);
        for (const one of all) {
          const rivals = kept.filter((other) => other !== one && overlap(one.box, other.box) > 0.4);
          const survives = kept.includes(one);
          expect(survives ? rivals.length === 0 : rivals.some((other) => other.score >= one.score)).toBe(
            true,
          );
        }
      }),
    );
  });
});
