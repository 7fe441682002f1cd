import type { Point } from './geometry.js';
import { meanPoint } from './geometry.js';

/** Rotation, uniform scale and shift: x' = a·x − b·y + shiftX, y' = b·x + a·y + shiftY. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

export function applySimilarity(by: Similarity, { x, y }: Point): Point {
  return { x: by.a * x - by.b * y + by.shiftX, y: by.b * x + by.a * y + by.shiftY };
}

/** How many source pixels one step of the target covers. */
export function scaleOf(by: Similarity): number {
  return Math.hypot(by.a, by.b);
}

/** The least-squares similarity that takes `from` to `to` (Umeyama 1991, without reflection). */
export function estimateSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const fromMean = meanPoint(from);
  const toMean = meanPoint(to);
  let dot = 0;
  let cross = 0;
  let spread = 0;
  from.forEach((point, index) => {
    const target = to[index];
    if (!target) throw new RangeError(`point ${index} has no counterpart`);
    const [x, y] = [point.x - fromMean.x, point.y - fromMean.y];
    const [u, v] = [target.x - toMean.x, target.y - toMean.y];
    dot += x * u + y * v;
    cross += x * v - y * u;
    spread += x * x + y * y;
  });
  if (spread === 0) throw new RangeError('the points coincide, so no similarity is determined');
  const [a, b] = [dot / spread, cross / spread];
  return {
    a,
    b,
    shiftX: toMean.x - a * fromMean.x + b * fromMean.y,
    shiftY: toMean.y - b * fromMean.x - a * fromMean.y,
  };
}

export function invertSimilarity({ a, b, shiftX, shiftY }: Similarity): Similarity {
  const squaredScale = a * a + b * b;
  return {
    a: a / squaredScale,
    b: -b / squaredScale,
    shiftX: -(a * shiftX + b * shiftY) / squaredScale,
    shiftY: (b * shiftX - a * shiftY) / squaredScale,
  };
}
