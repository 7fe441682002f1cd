import type { Size } from '../face/geometry.js';
import { toGreyPlane } from '../face/planes.js';
import type { RgbImage } from '../face/rgb-image.js';

/** Side of the square around the head that `measureBackground` expects, in face heights and in pixels. */
export const SURROUNDINGS = { extent: 2.7, size: { width: 64, height: 64 } } as const;

// In face heights from the centre of the face: a head with its hair, and where the shoulders begin.
const HEAD = { halfWidth: 0.65, above: 0.95, below: 0.75 };
const SHOULDERS = 0.4;

/** As OFIQ does, the mean of the gradient over what is neither head nor body; but at a coarse size, where
 *  only large patterns remain. Grass or wallpaper far behind somebody is no obstacle.
 *  @param surroundings the square that `SURROUNDINGS` describes, with the face in its middle */
export function measureBackground(surroundings: RgbImage): number {
  const grey = toGreyPlane(surroundings, 255);
  const { width } = surroundings;
  let sum = 0;
  for (let i = 0; i < BACKGROUND.length; i += 1) {
    const index = BACKGROUND[i] as number;
    const value = grey[index] ?? 0;
    sum += Math.hypot((grey[index + 1] ?? 0) - value, (grey[index + width] ?? 0) - value);
  }
  return sum / BACKGROUND.length;
}

/** Pixels of the surroundings that are neither head nor body, but for the last row and column: always the same. */
const BACKGROUND = backgroundPixels(SURROUNDINGS.size);

function backgroundPixels({ width, height }: Size): readonly number[] {
  const pixels: number[] = [];
  for (let row = 0; row < height - 1; row += 1) {
    for (let column = 0; column < width - 1; column += 1) {
      if (isBackground(column / width - 0.5, row / height - 0.5)) pixels.push(row * width + column);
    }
  }
  return pixels;
}

/** @param x @param y shares of the square, from its centre */
function isBackground(x: number, y: number): boolean {
  const [right, down] = [x * SURROUNDINGS.extent, y * SURROUNDINGS.extent];
  if (down > SHOULDERS) return false;
  return Math.hypot(right / HEAD.halfWidth, down / (down < 0 ? HEAD.above : HEAD.below)) > 1;
}
