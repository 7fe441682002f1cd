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

describe('a liveness model without a class for attacks', () => {
  it('is refused, since everything would be live against nothing', () => {
    expect(() => liveLogOdds(Float32Array.of(-9))).toThrow('answers for attacks');
  });
});

describe('livenessViews', () => {
  it('are the surroundings, head and shoulders, and the face alone', () => {
    const face = { left: 300, top: 200, width: 70, height: 100 };
    expect(livenessViews(face, { width: 640, height: 480 }, 2)).toEqual([
      { left: 235, top: 150, width: 200, height: 200 },
      { left: 260, top: 175, width: 150, height: 150 },
      { left: 275, top: 190, width: 120, height: 120 },
    ]);
  });
});
