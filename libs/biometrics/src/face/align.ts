import { ALIGNED_SIZE, alignedToImage } from './crops.js';
import type { Landmarks } from './landmarks.js';
import type { RgbImage } from './rgb-image.js';
import type { Similarity } from './similarity.js';
import { scaleOf } from './similarity.js';

/** The upright, centred face that the embedding model reads. */
export function alignFace(image: RgbImage, landmarks: Landmarks): RgbImage {
  return warp(image, alignedToImage(landmarks), ALIGNED_SIZE);
}

const STEP = 1 / 4;

/** Where a crop pixel covers several image pixels, four samples per pixel; else one would alias. */
export function warp(image: RgbImage, toImage: Similarity, side: number): RgbImage {
  const offsets = scaleOf(toImage) < 1.5 ? [0] : [-STEP, STEP];
  const sums = new Float32Array(side * side * 3);
  for (const v of offsets) for (const u of offsets) addSamples(image, toImage, side, u, v, sums);
  const data = new Uint8Array(sums.length);
  const share = 1 / offsets.length ** 2;
  for (let i = 0; i < data.length; i += 1) data[i] = (sums[i] as number) * share + 0.5;
  return { data, width: side, height: side };
}

function addSamples(
  { data, width, height }: RgbImage,
  by: Similarity,
  side: number,
  offsetU: number,
  offsetV: number,
  sums: Float32Array,
): void {
  let target = 0;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const u = column + offsetU;
      const v = row + offsetV;
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
        sums[target] = (sums[target] as number) + upper * (1 - south) + lower * south;
        target += 1;
      }
    }
  }
}
