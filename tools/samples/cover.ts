import type { Landmarks, Point } from '@absah/biometrics';
import { eyes } from '@absah/biometrics';
import sharp from 'sharp';

export type Paint = readonly [red: number, green: number, blue: number];

const LENS: Paint = [20, 20, 24];

/** A mask from the bridge of the nose along the jaw to the chin. */
export function masked(jpeg: Uint8Array, landmarks: Landmarks, paint: Paint): Promise<Buffer> {
  const outline = [...landmarks.slice(28, 29), ...landmarks.slice(1, 16).toReversed()];
  return painted(jpeg, paint, outline, (point) => isInside(outline, point));
}

/** Two opaque lenses. */
export function inDarkGlasses(jpeg: Uint8Array, landmarks: Landmarks): Promise<Buffer> {
  const lenses = eyes(landmarks);
  const corners = lenses.flatMap(({ centre: { x, y }, width }) => [
    { x: x - width, y: y - width },
    { x: x + width, y: y + width },
  ]);
  return painted(jpeg, LENS, corners, ({ x, y }) =>
    lenses.some(
      ({ centre, width }) => Math.hypot((x - centre.x) / (0.75 * width), (y - centre.y) / (0.6 * width)) < 1,
    ),
  );
}

/** @param extremes points that nothing to be covered lies beyond */
async function painted(
  jpeg: Uint8Array,
  paint: Paint,
  extremes: readonly Point[],
  covers: (point: Point) => boolean,
): Promise<Buffer> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const [xs, ys] = [extremes.map(({ x }) => x), extremes.map(({ y }) => y)];
  const [left, right] = [Math.max(0, Math.floor(Math.min(...xs))), Math.min(width - 1, Math.max(...xs))];
  const [top, bottom] = [Math.max(0, Math.floor(Math.min(...ys))), Math.min(height - 1, Math.max(...ys))];
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      if (covers({ x, y })) data.set(paint, (y * width + x) * 3);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** By the even-odd rule: an outline is crossed an odd number of times on the way out. */
function isInside(outline: readonly Point[], { x, y }: Point): boolean {
  const crossings = outline.filter((corner, index) => {
    const next = outline[(index + 1) % outline.length] ?? corner;
    if (corner.y > y === next.y > y) return false;
    return x < corner.x + ((next.x - corner.x) * (y - corner.y)) / (next.y - corner.y);
  });
  return crossings.length % 2 === 1;
}
