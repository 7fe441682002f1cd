import type { Size } from '../face/geometry.js';
import type { RgbImage } from '../face/rgb-image.js';

// Grey levels per pixel. Noise and JPEG blocks lie below; ten levels between a paper and a shirt lie above.
const LEAST_GRADIENT = 4;
// How much steeper across an edge than along it: edges within about 34° of upright or level.
const STEEPNESS = 1.5;

/** Size of the change in either direction, per pixel, of the colour channel that changes most there: red paper
 *  on a green shirt may be of one brightness. */
export interface Gradients extends Size {
  readonly across: Float32Array;
  readonly down: Float32Array;
  /** From one pixel to the next of its row, and of its column. */
  readonly columnStep: number;
  readonly rowStep: number;
}

/** Sobel's operator; zero along the border of the picture. */
export function measureGradients({ data, width, height }: RgbImage): Gradients {
  const across = new Float32Array(width * height);
  const down = new Float32Array(width * height);
  const line = width * 3;
  for (let row = 1; row < height - 1; row += 1) {
    for (let column = 1; column < width - 1; column += 1) {
      const centre = (row * width + column) * 3;
      let steepestX = 0;
      let steepestY = 0;
      for (let at = centre; at < centre + 3; at += 1) {
        const falling = (data[at + line + 3] as number) - (data[at - line - 3] as number);
        const rising = (data[at + line - 3] as number) - (data[at - line + 3] as number);
        const x = Math.abs(falling - rising + 2 * ((data[at + 3] as number) - (data[at - 3] as number)));
        const y = Math.abs(
          falling + rising + 2 * ((data[at + line] as number) - (data[at - line] as number)),
        );
        if (x + y <= steepestX + steepestY) continue;
        steepestX = x;
        steepestY = y;
      }
      across[row * width + column] = steepestX / 8;
      down[row * width + column] = steepestY / 8;
    }
  }
  return { across, down, width, height, columnStep: 1, rowStep: width };
}

/** As of the picture with rows and columns exchanged. */
export function transposed({ across, down, width, height, columnStep, rowStep }: Gradients): Gradients {
  return {
    across: down,
    down: across,
    width: height,
    height: width,
    columnStep: rowStep,
    rowStep: columnStep,
  };
}

/** Where upright edges cross the rows, to a fraction of a pixel. */
export class EdgePoints {
  readonly width: number;
  readonly height: number;
  /** The crossing nearest to each pixel, or −1. */
  readonly #crossings: Float32Array;

  constructor(gradients: Gradients) {
    this.width = gradients.width;
    this.height = gradients.height;
    this.#crossings = crossingsOf(gradients);
  }

  forEach(visit: (x: number, row: number) => void): void {
    for (let row = 0, index = 0; row < this.height; row += 1) {
      for (let column = 0; column < this.width; column += 1, index += 1) {
        const x = this.#crossings[index] as number;
        if (x >= 0) visit(x, row);
      }
    }
  }

  /** @returns the crossing of this row that is nearest to `x` and at most `tolerance` (below 2) away, or −1 */
  near(x: number, row: number, tolerance: number): number {
    const middle = Math.round(x);
    const last = Math.min(this.width - 1, middle + 2);
    let nearest = -1;
    let least = tolerance;
    for (let column = Math.max(0, middle - 2); column <= last; column += 1) {
      const crossing = this.#crossings[row * this.width + column] as number;
      const away = Math.abs(crossing - x);
      if (crossing < 0 || away > least) continue;
      nearest = crossing;
      least = away;
    }
    return nearest;
  }

  /** Takes away what crosses this row beside `x`. */
  remove(x: number, row: number, removed: (x: number, row: number) => void): void {
    const middle = Math.round(x);
    const last = Math.min(this.width - 1, middle + 1);
    for (let column = Math.max(0, middle - 1); column <= last; column += 1) {
      const index = row * this.width + column;
      const crossing = this.#crossings[index] as number;
      if (crossing < 0) continue;
      this.#crossings[index] = -1;
      removed(crossing, row);
    }
  }
}

/** Pixels where the change is mostly across, large enough, and largest among its neighbours in the row. */
function crossingsOf({ across, down, width, height, columnStep, rowStep }: Gradients): Float32Array {
  const crossings = new Float32Array(width * height).fill(-1);
  for (let row = 1; row < height - 1; row += 1) {
    for (let column = 1; column < width - 1; column += 1) {
      const index = row * rowStep + column * columnStep;
      const here = across[index] as number;
      if (here < LEAST_GRADIENT || here <= STEEPNESS * (down[index] as number)) continue;
      const left = across[index - columnStep] as number;
      const right = across[index + columnStep] as number;
      if (here < left || here <= right) continue;
      // The vertex of the parabola through the three.
      crossings[row * width + column] = column + (right - left) / (2 * (2 * here - left - right));
    }
  }
  return crossings;
}
