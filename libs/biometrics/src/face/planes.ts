import type { RgbImage } from './rgb-image.js';

/** What a model wants of a pixel: (value − mean) / deviation, per channel, in the order it was trained with. */
export interface ColourInput {
  readonly channels: readonly ['red' | 'blue', 'green', 'blue' | 'red'];
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/** Interleaved bytes → one plane of floats per channel. */
export function toColourPlanes({ data, width, height }: RgbImage, input: ColourInput): Float32Array {
  const area = width * height;
  const planes = new Float32Array(3 * area);
  for (const plane of [0, 1, 2] as const) {
    const name = input.channels[plane];
    const offset = name === 'red' ? 0 : name === 'green' ? 1 : 2;
    const factor = 1 / input.deviation[plane];
    const bias = -input.mean[plane] * factor;
    const start = plane * area;
    for (let i = 0, source = offset; i < area; i += 1, source += 3) {
      planes[start + i] = (data[source] as number) * factor + bias;
    }
  }
  return planes;
}

/** Luminance of each pixel (ITU-R BT.601, as the grey models were trained), divided by `deviation`. */
export function toGreyPlane({ data, width, height }: RgbImage, deviation = 1): Float32Array {
  const plane = new Float32Array(width * height);
  const [red, green, blue] = [0.299 / deviation, 0.587 / deviation, 0.114 / deviation];
  for (let i = 0, source = 0; i < plane.length; i += 1, source += 3) {
    plane[i] =
      (data[source] as number) * red +
      (data[source + 1] as number) * green +
      (data[source + 2] as number) * blue;
  }
  return plane;
}

export function mirrored({ data, width, height }: RgbImage): RgbImage {
  const flipped = new Uint8Array(data.length);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const source = (row * width + column) * 3;
      const target = (row * width + width - 1 - column) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        flipped[target + channel] = data[source + channel] as number;
      }
    }
  }
  return { data: flipped, width, height };
}
