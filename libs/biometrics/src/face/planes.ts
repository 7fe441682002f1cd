import type { RgbImage } from './rgb-image.js';

/** What a model wants of a pixel: (value − mean) / deviation, per plane, in the order it was trained with.
 *  Wrong numbers still yield plausible answers, and worse accuracy. */
export interface PixelInput {
  readonly order: 'rgb' | 'bgr' | 'grey';
  /** One number per plane: three for colour, one for grey. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Interleaved bytes → one plane of floats per channel. */
export function toPlanes(image: RgbImage, input: PixelInput): Float32Array {
  const { order, mean, deviation } = input;
  return order === 'grey' ? toGreyPlane(image, deviation[0], mean[0]) : toColourPlanes(image, input);
}

function toColourPlanes({ data, width, height }: RgbImage, input: PixelInput): Float32Array {
  const area = width * height;
  const planes = new Float32Array(3 * area);
  const reversed = input.order === 'bgr';
  const [first, last] = reversed ? [2 * area, 0] : [0, 2 * area];
  const [red, green, blue] = reversed ? lines(input).reverse() : lines(input);
  if (!red || !green || !blue) throw new RangeError('three channels are needed');
  for (let i = 0, source = 0; i < area; i += 1, source += 3) {
    planes[first + i] = (data[source] as number) * red.factor + red.bias;
    planes[area + i] = (data[source + 1] as number) * green.factor + green.bias;
    planes[last + i] = (data[source + 2] as number) * blue.factor + blue.bias;
  }
  return planes;
}

/** Per plane, the normalisation as a straight line: cheaper than a division per pixel. */
function lines({ mean, deviation }: PixelInput): { factor: number; bias: number }[] {
  return mean.map((value, plane) => {
    const factor = 1 / (deviation[plane] ?? 1);
    return { factor, bias: -value * factor };
  });
}

/** Luminance of each pixel: ITU-R BT.601, as the grey models were trained. */
export function toGreyPlane({ data, width, height }: RgbImage, deviation = 1, mean = 0): Float32Array {
  const plane = new Float32Array(width * height);
  const [red, green, blue] = [0.299 / deviation, 0.587 / deviation, 0.114 / deviation];
  const bias = -mean / deviation;
  for (let i = 0, source = 0; i < plane.length; i += 1, source += 3) {
    plane[i] =
      (data[source] as number) * red +
      (data[source + 1] as number) * green +
      (data[source + 2] as number) * blue +
      bias;
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
