import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RgbImage } from '../face/rgb-image.js';
import { measureGradients, transposed } from './edge-points.js';
import { columnAt, findUprightEdges } from './straight-edges.js';

const WIDTH = 100;
const HEIGHT = 80;

/** `share` is how much of a pixel is bright. */
function painted(share: (x: number, y: number) => number, dark = 60, bright = 120): RgbImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      data.fill(dark + (bright - dark) * share(x, y), (y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3);
    }
  }
  return { data, width: WIDTH, height: HEIGHT };
}

/** Bright from `border(y)` onwards: the pixel that the border crosses is bright in part. */
function bordered(border: (y: number) => number): RgbImage {
  return painted((x, y) => Math.min(1, Math.max(0, x + 0.5 - border(y))));
}

const upright = (image: RgbImage, length = 30) => findUprightEdges(measureGradients(image), length);

describe('findUprightEdges', () => {
  it('finds a border to a fraction of a pixel, however it leans', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 40, max: 60, noNaN: true }),
        fc.double({ min: -0.28, max: 0.28, noNaN: true }),
        (at, slope) => {
          const [edge] = upright(bordered((y) => at + slope * (y - HEIGHT / 2)));
          if (!edge) throw new Error('nothing found');
          for (const row of [edge.top, edge.bottom]) {
            expect(Math.abs(columnAt(edge, row) - (at + slope * (row - HEIGHT / 2)))).toBeLessThan(0.35);
          }
          expect(edge.bottom - edge.top).toBeGreaterThan(0.9 * HEIGHT);
          expect(edge.deviation).toBeLessThan(0.35);
        },
      ),
    );
  });

  it('finds a border once, and two borders apart', () => {
    expect(upright(bordered(() => 50))).toHaveLength(1);
    expect(upright(painted((x) => (x >= 30 && x < 36 ? 0 : 1)))).toHaveLength(2);
  });

  it('leaves out what is shorter than asked for', () => {
    const short = painted((x, y) => (x >= 50 && y >= 20 && y < 45 ? 1 : 0));
    expect(upright(short, 20)).toHaveLength(1);
    expect(upright(short, 30)).toEqual([]);
  });

  it('sees a border through under a finger, not under a hand', () => {
    const covered = (rows: number) => painted((x, y) => (x >= 50 && (y < 36 || y >= 36 + rows) ? 1 : 0));
    expect(upright(covered(5))[0]).toMatchObject({ top: 1, bottom: HEIGHT - 2 });
    expect(upright(covered(12))[0]?.bottom).toBeLessThan(36);
  });

  it('tells a wavy border from a straight one', () => {
    const [wavy] = upright(bordered((y) => 50 + 1.2 * Math.sin(y / 4)));
    expect(wavy?.deviation ?? 1).toBeGreaterThan(0.6);
  });

  it('finds a border between colours of one brightness', () => {
    const image = painted(() => 0);
    for (let index = 0; index < WIDTH * HEIGHT; index += 1) {
      image.data.set(index % WIDTH < 50 ? [60, 80, 40] : [60, 73, 76], index * 3);
    }
    expect(upright(image)).toHaveLength(1);
  });

  it('finds the border between two colours of one brightness', () => {
    const image = painted(() => 0);
    for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel += 1) {
      image.data.set(pixel % WIDTH < 50 ? [120, 60, 90] : [60, 90.7, 90], pixel * 3);
    }
    expect(upright(image)).toHaveLength(1);
  });

  it('finds level borders in the transposed picture only', () => {
    const level = painted((_, y) => (y >= 40 ? 1 : 0));
    expect(upright(level)).toEqual([]);
    const [edge] = findUprightEdges(transposed(measureGradients(level)), 30);
    expect(edge).toMatchObject({ top: 1, bottom: WIDTH - 2 });
    expect(edge?.at).toBeCloseTo(39.5, 0);
  });

  it('finds nothing in an even picture, in faint steps and in one too small', () => {
    expect(upright(painted(() => 1))).toEqual([]);
    expect(upright(painted((x) => (x >= 50 ? 1 : 0), 100, 106))).toEqual([]);
    expect(upright({ data: new Uint8Array(3), width: 1, height: 1 })).toEqual([]);
  });
});
