import { ALIGNED_SIZE, alignedToImage } from './crops.js';
import type { Landmarks } from './landmarks.js';
import type { RgbImage } from './rgb-image.js';
import type { Similarity } from './similarity.js';
import { scaleOf } from './similarity.js';

/** The upright, centred face that the embedding model reads. */
export function alignFace(image: RgbImage, landmarks: Landmarks): RgbImage {
  return warp(image, alignedToImage(landmarks), ALIGNED_SIZE);
}

/** Interpolates where the crop is about as fine as the image, and averages where one pixel covers several. */
export function warp(image: RgbImage, toImage: Similarity, side: number): RgbImage {
  const data = new Uint8Array(side * side * 3);
  const scale = scaleOf(toImage);
  if (scale < 1.5) interpolate(image, toImage, side, data);
  else average(image, toImage, side, Math.min(3, Math.round(scale)), data);
  return { data, width: side, height: side };
}

function interpolate(image: RgbImage, by: Similarity, side: number, out: Uint8Array): void {
  const { data, width, height } = image;
  let target = 0;
  for (let v = 0; v < side; v += 1) {
    for (let u = 0; u < side; u += 1) {
      const x = Math.min(Math.max(by.a * u - by.b * v + by.shiftX, 0), width - 1);
      const y = Math.min(Math.max(by.b * u + by.a * v + by.shiftY, 0), height - 1);
      const left = Math.trunc(x);
      const top = Math.trunc(y);
      const east = x - left;
      const south = y - top;
      const source = (top * width + left) * 3;
      const right = left + 1 < width ? 3 : 0;
      const below = top + 1 < height ? width * 3 : 0;
      for (let channel = source; channel < source + 3; channel += 1) {
        const upper = (data[channel] as number) * (1 - east) + (data[channel + right] as number) * east;
        const lower =
          (data[channel + below] as number) * (1 - east) + (data[channel + below + right] as number) * east;
        out[target] = upper * (1 - south) + lower * south + 0.5;
        target += 1;
      }
    }
  }
}

/** @param taps samples per crop pixel in each direction */
function average(image: RgbImage, by: Similarity, side: number, taps: number, out: Uint8Array): void {
  const { data, width, height } = image;
  const steps = tapSteps(by, taps);
  const share = 1 / taps ** 2;
  let target = 0;
  for (let v = 0; v < side; v += 1) {
    for (let u = 0; u < side; u += 1) {
      const centreX = by.a * u - by.b * v + by.shiftX + 0.5;
      const centreY = by.b * u + by.a * v + by.shiftY + 0.5;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let step = 0; step < steps.length; step += 2) {
        const x = within(centreX + (steps[step] as number), width - 1);
        const y = within(centreY + (steps[step + 1] as number), height - 1);
        const source = (y * width + x) * 3;
        red += data[source] as number;
        green += data[source + 1] as number;
        blue += data[source + 2] as number;
      }
      out[target] = red * share + 0.5;
      out[target + 1] = green * share + 0.5;
      out[target + 2] = blue * share + 0.5;
      target += 3;
    }
  }
}

/** The whole number below, inside the image. Comparing takes two thirds of the time of `Math.min` and `max`. */
function within(value: number, last: number): number {
  if (value < 0) return 0;
  return value > last ? last : value | 0;
}

/** Where the samples of one crop pixel lie around its centre in the image: x, y, x, y … */
function tapSteps(by: Similarity, taps: number): Float64Array {
  const offsets = Array.from({ length: taps }, (_, tap) => (tap + 0.5) / taps - 0.5);
  return Float64Array.from(
    offsets.flatMap((v) => offsets.flatMap((u) => [by.a * u - by.b * v, by.b * u + by.a * v])),
  );
}
