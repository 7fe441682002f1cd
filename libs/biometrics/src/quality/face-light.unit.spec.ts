import { describe, expect, it } from '@jest/globals';
import type { RgbImage } from '../face/rgb-image.js';
import { measureLight } from './face-light.js';

const SIDE = 112;

function grey(value: (x: number, y: number) => number): RgbImage {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) data.fill(value(x, y), (y * SIDE + x) * 3, (y * SIDE + x) * 3 + 3);
  }
  return { data, width: SIDE, height: SIDE };
}

/** Waves of `period` pixels: the shorter, the sharper. */
function waves(period: number, amplitude: number, mean = 128): RgbImage {
  return grey((x, y) => mean + amplitude * Math.sin((2 * Math.PI * (x + y)) / period));
}

describe('measureLight', () => {
  it('is the mean of the face, whatever surrounds it', () => {
    const lit = grey((x, y) => (x >= 24 && x < 88 && y >= 36 && y < 104 ? 102 : 255));
    expect(measureLight(lit).luminanceMean).toBeCloseTo(0.4, 5);
  });

  it('rates fine detail as sharper than coarse', () => {
    expect(measureLight(waves(6, 60)).sharpness).toBeGreaterThan(5 * measureLight(waves(12, 60)).sharpness);
  });

  it('does not mistake a face in flat or dim light for a blurred one', () => {
    const full = measureLight(waves(10, 100)).sharpness;
    expect(measureLight(waves(10, 25)).sharpness / full).toBeCloseTo(1, 1);
    expect(measureLight(waves(10, 25, 40)).sharpness / full).toBeCloseTo(1, 1);
  });

  it('finds no sharpness in an even surface', () => {
    expect(measureLight(grey(() => 90)).sharpness).toBe(0);
  });

  it('counts the share of the face that is burnt out or lost in the dark', () => {
    const burnt = measureLight(grey((_, y) => (y < 53 ? 250 : 128)));
    expect(burnt).toMatchObject({ overExposure: 0.25, underExposure: 0 });
    const lost = measureLight(grey((_, y) => (y < 53 ? 10 : 128)));
    expect(lost).toMatchObject({ overExposure: 0, underExposure: 0.25 });
  });

  it('compares the brightness of both halves of the face', () => {
    expect(measureLight(grey((_, y) => 80 + y)).illuminationUniformity).toBeCloseTo(1, 5);
    expect(measureLight(grey((x) => (x < 56 ? 200 : 20))).illuminationUniformity).toBe(0);
    const aQuarterShaded = measureLight(grey((x) => (x < 40 ? 20 : 200))).illuminationUniformity;
    expect(aQuarterShaded).toBeCloseTo(0.5, 5);
  });
});
