import { describe, expect, it } from '@jest/globals';
import type { RgbImage } from '../face/rgb-image.js';
import { gridEvidence, measureSurfaceGrid } from './surface-grid.js';

const face = { left: 40, top: 30, width: 160, height: 200 };

function picture(level: (x: number, y: number) => number): RgbImage {
  const [width, height] = [240, 260];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data.fill(level(x, y), (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return { data, width, height };
}

/** Shading as of a round head, and grain that is the same on every run. */
function skin(x: number, y: number): number {
  const shading = 60 * Math.cos((x - 120) / 90) * Math.cos((y - 130) / 110);
  return 90 + shading + grain(x, y);
}

/** Uniform noise of ±6 levels (a hash, because what is made of remainders repeats). */
function grain(x: number, y: number): number {
  let hash = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263);
  hash = Math.imul(hash ^ (hash >>> 13), 1_274_126_177);
  return (((hash ^ (hash >>> 16)) >>> 0) % 13) - 6;
}

/** @param period in pixels */
function wave(x: number, y: number, period: number, degrees: number): number {
  const angle = (degrees * Math.PI) / 180;
  return Math.sin((2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle))) / period);
}

const seen = (image: RgbImage) => gridEvidence(measureSurfaceGrid(image, face));

describe('measureSurfaceGrid (V4)', () => {
  it('finds nothing in skin', () => {
    expect(seen(picture(skin))).toBe(0);
  });

  it.each([
    [2.9, 20],
    [4.3, 45],
    [6.1, -30],
  ])('finds the pixels of a screen, %d pixels apart and turned by %d degrees', (period, degrees) => {
    const screen = picture((x, y) => skin(x, y) + 12 * wave(x, y, period, degrees));
    expect(seen(screen)).toBe(1);
  });

  it('is not misled by stripes on a part of the face', () => {
    const beard = picture((x, y) => skin(x, y) + (y > 150 ? 12 * wave(x, y, 4.3, 45) : 0));
    expect(seen(beard)).toBe(0);
  });

  it('is not misled by the blocks of a JPEG', () => {
    const blocks = picture((x, y) => skin(x, y) + (x % 8 === 0 ? 12 : 0) + (y % 8 === 0 ? 12 : 0));
    expect(seen(blocks)).toBe(0);
  });

  it('says nothing about a face too small to hold several windows, or at the border', () => {
    const screen = picture((x, y) => skin(x, y) + 12 * wave(x, y, 4.3, 45));
    expect(measureSurfaceGrid(screen, { left: 60, top: 60, width: 70, height: 90 })).toBe(0);
    expect(measureSurfaceGrid(screen, { left: 190, top: 60, width: 120, height: 160 })).toBe(0);
  });
});
