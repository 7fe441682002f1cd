import { describe, expect, it } from '@jest/globals';
import type { RgbImage } from '../face/rgb-image.js';
import { SURROUNDINGS, measureBackground } from './background.js';

const { width, height } = SURROUNDINGS.size;

function around(brightness: (x: number, y: number) => number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const value = brightness(pixel % width, Math.floor(pixel / width));
    data.fill(value, pixel * 3, pixel * 3 + 3);
  }
  return { data, width, height };
}

const checks = (side: number) => (x: number, y: number) =>
  (Math.floor(x / side) + Math.floor(y / side)) % 2 === 0 ? 0 : 255;

describe('measureBackground', () => {
  it('finds nothing in a wall, nor in one that is lit from a side', () => {
    expect(measureBackground(around(() => 180))).toBe(0);
    expect(measureBackground(around((x) => 100 + x))).toBeLessThan(0.01);
  });

  it('finds the more, the smaller and stronger the pattern is', () => {
    const [fine, coarse] = [measureBackground(around(checks(2))), measureBackground(around(checks(8)))];
    expect(fine).toBeGreaterThan(0.5);
    expect(coarse).toBeGreaterThan(0.15);
    expect(fine).toBeGreaterThan(2 * coarse);
  });

  it('looks past the person', () => {
    const checked = checks(2);
    const isPerson = (x: number, y: number) => (Math.abs(x - width / 2) < 10 && y > 12) || y > 0.7 * height;
    expect(measureBackground(around((x, y) => (isPerson(x, y) ? checked(x, y) : 180)))).toBeLessThan(0.06);
  });
});
