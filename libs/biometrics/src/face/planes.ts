import type { RgbImage } from './rgb-image.js';

/** What a model wants of a pixel: (value − mean) / deviation, per plane, in the order it was trained with.
 *  Wrong numbers still yield plausible answers, and worse accuracy. */
export interface PixelInput {
  readonly order: 'rgb' | 'bgr' | 'grey';
  /** One number per plane: three for colour, one for grey. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Interleaved bytes → one plane of floats per channel, into `planes`: inputs of models are large, and a new one for
 *  every picture keeps the garbage collector busy. */
export function toPlanes(image: RgbImage, input: PixelInput, planes: Float32Array): void {
  const { order, mean, deviation } = input;
  if (order === 'grey') fillGreyPlane(image, planes, deviation[0], mean[0]);
  else fillColourPlanes(image, input, planes);
}

function fillColourPlanes({ data, width, height }: RgbImage, input: PixelInput, planes: Float32Array): void {
  const area = width * height;
  if (planes.length !== 3 * area) throw new RangeError('three planes of the size of the image are needed');
  const reversed = input.order === 'bgr';
  const [first, last] = reversed ? [2 * area, 0] : [0, 2 * area];
  const [red, green, blue] = reversed ? lines(input).reverse() : lines(input);
  if (!red || !green || !blue) throw new RangeError('three channels are needed');
  for (let i = 0, source = 0; i < area; i += 1, source += 3) {
    planes[first + i] = (data[source] as number) * red.factor + red.bias;
    planes[area + i] = (data[source + 1] as number) * green.factor + green.bias;
    planes[last + i] = (data[source + 2] as number) * blue.factor + blue.bias;
  }
}

/** Per plane, the normalisation as a straight line: cheaper than a division per pixel. */
function lines({ mean, deviation }: PixelInput): { factor: number; bias: number }[] {
  return mean.map((value, plane) => {
    const factor = 1 / (deviation[plane] ?? 1);
    return { factor, bias: -value * factor };
  });
}

/** Luminance of each pixel: ITU-R BT.601, as the grey models were trained. */
export function toGreyPlane(image: RgbImage, deviation = 1): Float32Array {
  const plane = new Float32Array(image.width * image.height);
  fillGreyPlane(image, plane, deviation);
  return plane;
}

/** A loop, since `reduce` allocates a number for every pixel. */
export function meanLevel(levels: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < levels.length; i += 1) sum += levels[i] as number;
  return sum / levels.length;
}

function fillGreyPlane({ data }: RgbImage, plane: Float32Array, deviation = 1, mean = 0): void {
  const [red, green, blue] = [0.299 / deviation, 0.587 / deviation, 0.114 / deviation];
  const bias = -mean / deviation;
  for (let i = 0, source = 0; i < plane.length; i += 1, source += 3) {
    plane[i] =
      (data[source] as number) * red +
      (data[source + 1] as number) * green +
      (data[source + 2] as number) * blue +
      bias;
  }
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
