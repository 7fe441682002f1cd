import type { Box, Size } from './geometry.js';
import type { RgbImage } from './rgb-image.js';

// Tables per column and row, and nothing computed or allocated per pixel: models and decoding take about
// 15 ms together, and a careless loop over the detector's input alone would add ten.

/** The upright part of the image below `box`, at another size. Beyond the border the edge continues. */
export function scaleBox(image: RgbImage, box: Box, size: Size): RgbImage {
  const data = new Uint8Array(size.width * size.height * 3);
  const columns = axis(box.left, box.width, size.width, image.width, 3);
  const rows = axis(box.top, box.height, size.height, image.height, image.width * 3);
  blend(image.data, columns, rows, data);
  return { data, ...size };
}

/** For each step of the output: two source offsets and the weight of the second in 256ths. */
interface Axis {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Int32Array;
}

function axis(start: number, extent: number, steps: number, limit: number, stride: number): Axis {
  const step = extent / steps;
  const table = {
    first: new Int32Array(steps),
    second: new Int32Array(steps),
    weight: new Int32Array(steps),
  };
  const clamp = (index: number) => Math.min(Math.max(index, 0), limit - 1) * stride;
  for (let i = 0; i < steps; i += 1) {
    const position = start + (i + 0.5) * step - 0.5;
    const [first, second, weight] = step < 1.5 ? neighbours(position) : samples(position, step);
    table.first[i] = clamp(first);
    table.second[i] = clamp(second);
    table.weight[i] = Math.round(weight * 256);
  }
  return table;
}

type Taps = readonly [first: number, second: number, weight: number];

/** Linear interpolation between the pixels to both sides. */
function neighbours(position: number): Taps {
  const floor = Math.floor(position);
  return [floor, floor + 1, position - floor];
}

/** A strong reduction averages samples a quarter step to each side instead; neighbours would alias. */
function samples(position: number, step: number): Taps {
  return [Math.round(position - step / 4), Math.round(position + step / 4), 0.5];
}

function blend(source: Uint8Array, columns: Axis, rows: Axis, out: Uint8Array): void {
  const width = columns.first.length;
  const height = rows.first.length;
  let target = 0;
  for (let row = 0; row < height; row += 1) {
    const upper = rows.first[row] as number;
    const lower = rows.second[row] as number;
    const below = rows.weight[row] as number;
    const above = 256 - below;
    for (let column = 0; column < width; column += 1) {
      const left = columns.first[column] as number;
      const right = columns.second[column] as number;
      const east = columns.weight[column] as number;
      const west = 256 - east;
      for (let channel = 0; channel < 3; channel += 1) {
        const top =
          (source[upper + left + channel] as number) * west +
          (source[upper + right + channel] as number) * east;
        const bottom =
          (source[lower + left + channel] as number) * west +
          (source[lower + right + channel] as number) * east;
        out[target] = (top * above + bottom * below + 32768) >> 16;
        target += 1;
      }
    }
  }
}
