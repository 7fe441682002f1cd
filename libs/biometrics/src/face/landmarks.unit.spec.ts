import { describe, expect, it } from '@jest/globals';
import {
  eyes,
  fivePoints,
  interEyeDistance,
  meanLandmarks,
  mouthOpening,
  readLandmarks,
} from './landmarks.js';

// Landmark n lies at (n, 2n) hundredths of the square, so that a mean tells which landmarks went in.
const shares = Float32Array.from({ length: 136 }, (_, i) => (i % 2 === 0 ? i / 200 : (i - 1) / 100));
const landmarks = readLandmarks(shares, { left: 100, top: 200, width: 100, height: 100 });

describe('readLandmarks', () => {
  it('places each point inside the square that the model saw', () => {
    expect(landmarks).toHaveLength(68);
    expect(landmarks[30]).toEqual({ x: expect.closeTo(130, 3), y: expect.closeTo(260, 3) });
  });
});

describe('meanLandmarks', () => {
  it('lies between the readings, point by point', () => {
    const shifted = readLandmarks(shares, { left: 104, top: 198, width: 100, height: 100 });
    const mean = meanLandmarks([landmarks, shifted]);
    expect(mean).toHaveLength(68);
    expect(mean[30]).toEqual({ x: expect.closeTo(132, 3), y: expect.closeTo(259, 3) });
  });
});

describe('fivePoints', () => {
  it('are the lids of both eyes, the tip of the nose and both corners of the mouth', () => {
    const columns = fivePoints(landmarks).map((point) => Math.round((point.x - 100) * 10) / 10);
    expect(columns).toEqual([39, 45, 30, 54, 59]);
  });
});

describe('eyes', () => {
  it('have their centre in all six points and their width between the corners', () => {
    const [left, right] = eyes(landmarks);
    expect(left.centre.x).toBeCloseTo(138.5, 3);
    expect(right.centre.x).toBeCloseTo(144.5, 3);
    expect(left.width).toBeCloseTo(Math.hypot(3, 6), 3);
    expect(interEyeDistance(landmarks)).toBeCloseTo(Math.hypot(6, 12), 3);
  });
});

describe('mouthOpening', () => {
  it('is the distance of the inner lips in distances of the eyes', () => {
    expect(mouthOpening(landmarks)).toBeCloseTo(Math.hypot(4, 8) / Math.hypot(6, 12), 3);
  });
});
