import { describe, expect, it } from '@jest/globals';
import { liveLogOdds, livenessViews } from './network-evidence.js';

describe('liveLogOdds', () => {
  it('holds the first class against all others', () => {
    expect(liveLogOdds(Float32Array.of(Math.log(6), Math.log(2), 0))).toBeCloseTo(Math.log(6 / 3));
  });

  it('stays finite where probabilities would be 0 or 1', () => {
    expect(liveLogOdds(Float32Array.of(200, -200, -300))).toBeCloseTo(400);
    expect(liveLogOdds(Float32Array.of(-200, 200, 100))).toBeCloseTo(-400);
  });
});

describe('livenessViews', () => {
  it('are the surroundings, their mirror image and the face alone', () => {
    const face = { left: 300, top: 200, width: 70, height: 100 };
    const [wide, reversed, close] = livenessViews(face, { width: 640, height: 480 }, 2.5);
    expect(wide).toEqual({
      square: { left: 210, top: 125, width: 250, height: 250 },
      mirrored: false,
    });
    expect(reversed).toEqual({ square: wide?.square, mirrored: true });
    expect(close).toEqual({ square: { left: 260, top: 175, width: 150, height: 150 }, mirrored: false });
  });
});
