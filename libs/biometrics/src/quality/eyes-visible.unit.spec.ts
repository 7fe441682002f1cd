import { describe, expect, it } from '@jest/globals';
import type { RgbImage } from '../face/rgb-image.js';
import { measureEyesVisible } from './eyes-visible.js';

const SIDE = 112;

function face(brightness: (x: number, y: number) => number): RgbImage {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
    data.fill(brightness(pixel % SIDE, Math.floor(pixel / SIDE)), pixel * 3, pixel * 3 + 3);
  }
  return { data, width: SIDE, height: SIDE };
}

const isEye = (x: number, y: number) => y >= 44 && y < 58 && Math.abs(Math.abs(x - 56) - 17.5) < 9;
const isIris = (x: number, y: number) => Math.hypot(Math.abs(x - 56) - 17.5, y - 51) < 4;
const unsure = 0;

describe('measureEyesVisible', () => {
  it('compares lids with the nose, whatever the iris between the lids', () => {
    expect(
      measureEyesVisible(
        face((x, y) => (isIris(x, y) ? 20 : 150)),
        unsure,
      ),
    ).toBeCloseTo(0, 5);
  });

  it.each([60, 120, 220])('finds dark lenses on a face of brightness %d', (skin) => {
    const lens = face((x, y) => (isEye(x, y) ? skin / 5 : skin));
    expect(measureEyesVisible(lens, unsure)).toBeLessThan(-0.7);
  });

  it('is content with one eye, because the other may lie in the shade of the nose', () => {
    const halfLit = face((x, y) => (isEye(x, y) && x < 56 ? 30 : 150));
    expect(measureEyesVisible(halfLit, unsure)).toBeCloseTo(0, 5);
  });

  it('forgives darkness to eyes that are clearly open, and to no others', () => {
    const shade = face((x, y) => (isEye(x, y) ? 50 : 150));
    expect(measureEyesVisible(shade, -5)).toBe(measureEyesVisible(shade, 0));
    expect(measureEyesVisible(shade, 8) - measureEyesVisible(shade, 0)).toBeCloseTo(1, 5);
  });
});
