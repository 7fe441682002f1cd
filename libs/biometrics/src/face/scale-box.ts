import type { Box, Size } from './geometry.js';
import type { RgbImage } from './rgb-image.js';

// Tables per column and row, and nothing computed or allocated per pixel: models and decoding take about
// 15 ms together, and a careless loop over the detector's input alone would add ten.

/** The upright part of the image below `box`, at another size. Beyond the border the edge continues.
 *  @param data memory to use for it, all of which is written */
export function scaleBox(
  image: RgbImage,
  box: Box,
  size: Size,
  data: Uint8Array = new Uint8Array(size.width * size.height * 3),
): RgbImage {
  const columns = axis(box.left, box.width, size.width, image.width, 3);
  const rows = axis(box.top, box.height, size.height, image.height, image.width * 3);
  const reduces = columns.reduces && rows.reduces;
  if (reduces && lastOffset(columns) + lastOffset(rows) + 4 <= image.data.length) {
    average(image.data, columns, rows, data);
  } else blend(image.data, columns, rows, data);
  return { data, ...size };
}

/** For each step of the output: two source offsets and the weight of the second in 256ths. */
interface Axis {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Int32Array;
  /** All weights are equal. */
  readonly reduces: boolean;
}

// Up to here neighbours are near enough to each other to leave nothing out.
const REDUCES_FROM = 1.5;

function axis(start: number, extent: number, steps: number, limit: number, stride: number): Axis {
  const step = extent / steps;
  const reduces = step >= REDUCES_FROM;
  const first = new Int32Array(steps);
  const second = new Int32Array(steps);
  const weight = new Int32Array(steps);
  for (let i = 0; i < steps; i += 1) {
    const position = start + (i + 0.5) * step - 0.5;
    if (reduces) {
      // A strong reduction averages samples a quarter step to each side; neighbours would alias.
      first[i] = offset(Math.round(position - step / 4), limit, stride);
      second[i] = offset(Math.round(position + step / 4), limit, stride);
      weight[i] = 128;
    } else {
      // Linear interpolation between the pixels to both sides.
      const floor = Math.floor(position);
      first[i] = offset(floor, limit, stride);
      second[i] = offset(floor + 1, limit, stride);
      weight[i] = Math.round((position - floor) * 256);
    }
  }
  return { first, second, weight, reduces };
}

function lastOffset({ second }: Axis): number {
  return second.at(-1) ?? 0;
}

function offset(index: number, limit: number, stride: number): number {
  return Math.min(Math.max(index, 0), limit - 1) * stride;
}

// Red and blue of a pixel that was read as one number: far enough apart to add up four of them.
const RED_AND_BLUE = 0xff00ff;
const ROUND_BOTH = 0x020002;

/** What `blend` would yield, in less than half its time: the whole picture comes through here for the detector. A pixel is
 *  read with the byte behind it, so it must not be the last of the picture. */
function average(source: Uint8Array, columns: Axis, rows: Axis, out: Uint8Array): void {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const width = columns.first.length;
  const height = rows.first.length;
  let target = 0;
  for (let row = 0; row < height; row += 1) {
    const upper = rows.first[row] as number;
    const lower = rows.second[row] as number;
    for (let column = 0; column < width; column += 1) {
      const left = columns.first[column] as number;
      const right = columns.second[column] as number;
      const a = view.getInt32(upper + left, true);
      const b = view.getInt32(upper + right, true);
      const c = view.getInt32(lower + left, true);
      const d = view.getInt32(lower + right, true);
      const redAndBlue =
        (a & RED_AND_BLUE) + (b & RED_AND_BLUE) + (c & RED_AND_BLUE) + (d & RED_AND_BLUE) + ROUND_BOTH;
      const green = ((a >> 8) & 0xff) + ((b >> 8) & 0xff) + ((c >> 8) & 0xff) + ((d >> 8) & 0xff) + 2;
      out[target] = redAndBlue >> 2;
      out[target + 1] = green >> 2;
      out[target + 2] = redAndBlue >> 18;
      target += 3;
    }
  }
}

const HALF = 1 << 15;

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
      const a = upper + left;
      const b = upper + right;
      const c = lower + left;
      const d = lower + right;
      const ofA = west * above;
      const ofB = east * above;
      const ofC = west * below;
      const ofD = east * below;
      // Written out per channel: as a loop it takes a quarter longer.
      out[target] =
        ((source[a] as number) * ofA +
          (source[b] as number) * ofB +
          (source[c] as number) * ofC +
          (source[d] as number) * ofD +
          HALF) >>
        16;
      out[target + 1] =
        ((source[a + 1] as number) * ofA +
          (source[b + 1] as number) * ofB +
          (source[c + 1] as number) * ofC +
          (source[d + 1] as number) * ofD +
          HALF) >>
        16;
      out[target + 2] =
        ((source[a + 2] as number) * ofA +
          (source[b + 2] as number) * ofB +
          (source[c + 2] as number) * ofC +
          (source[d + 2] as number) * ofD +
          HALF) >>
        16;
      target += 3;
    }
  }
}
