import { describe, expect, it } from '@jest/globals';
import type { RgbImage } from '../face/rgb-image.js';
import { measurePatch, measureScene, measureSkin } from './frame-measures.js';

function picture(
  width: number,
  height: number,
  paint: (x: number, y: number) => readonly number[],
): RgbImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const pixel = Math.trunc(index / 3);
    return paint(pixel % width, Math.trunc(pixel / width))[index % 3] ?? 0;
  });
  return { data, width, height };
}

describe('measurePatch', () => {
  it('averages four by four pixels of the aligned crop', () => {
    const patch = measurePatch(
      picture(112, 112, (x, y) => (x < 4 && y < 4 ? [x * 10, x * 10, x * 10] : [255, 255, 255])),
    );
    expect(patch).toHaveLength(28 * 28);
    expect(patch[0]).toBeCloseTo(15 / 255);
    expect(patch[1]).toBeCloseTo(1);
    expect(patch[28]).toBeCloseTo(1);
  });
});

describe('measureSkin', () => {
  it('reads the cheeks and nothing else, in linear light', () => {
    const cheeks = picture(112, 112, (x, y) => {
      const cheek = y >= 66 && y < 80 && ((x >= 30 && x < 42) || (x >= 70 && x < 82));
      return cheek ? [255, 188, 0] : [9, 200, 77];
    });
    const [red, green, blue] = measureSkin(cheeks);
    expect(red).toBe(1);
    // 188 of 255 is half the light.
    expect(green).toBeCloseTo(0.5, 2);
    expect(blue).toBe(0);
  });
});

describe('measureScene', () => {
  it('shrinks the frame to eight by eight cells of light, whatever its size', () => {
    const halves = picture(640, 480, (x, y) => [x < 320 ? 255 : 0, y < 240 ? 188 : 0, 0]);
    const scene = measureScene(halves);
    expect(scene).toHaveLength(8 * 8 * 3);
    expect([...scene.slice(0, 3)].map((light) => Math.round(light * 100))).toEqual([100, 50, 0]);
    expect([...scene.slice(-3)]).toEqual([0, 0, 0]);
  });
});
