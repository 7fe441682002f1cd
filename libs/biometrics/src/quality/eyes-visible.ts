import { ALIGNED_SIZE } from '../face/crops.js';
import type { Box } from '../face/geometry.js';
import { toGreyPlane } from '../face/planes.js';
import type { RgbImage } from '../face/rgb-image.js';

// Places on the aligned crop: an eye with its lids, and the tip of the nose with what lies beside it.
const EYES: readonly Box[] = [
  { left: 30, top: 44, width: 17, height: 14 },
  { left: 65, top: 44, width: 17, height: 14 },
];
const NOSE: Box = { left: 40, top: 66, width: 32, height: 10 };

/** Of the pixels around an eye, so many are darker than its lids. */
const DARKER_THAN_LIDS = 0.8;

// Keeps noise in deep shadow from counting as a difference.
const NOISE_FLOOR = 12;

/** Log-odds of an open eye that make up for one natural logarithm of darkness: eyes in the shade of a cap or
 *  of deep sockets are dark and yet clearly open, those behind a dark lens are not. */
const ODDS_PER_DARKNESS = 8;

/** Lids are about as light as the nose below them; a dark lens is much darker. Judged by the lighter eye, so
 *  that a face lit from one side has its eyes.
 *  @param openness logarithm of the odds that an eye is open */
export function measureEyesVisible(aligned: RgbImage, openness: number): number {
  const grey = toGreyPlane(aligned);
  const nose = lightness(grey, NOSE, 0.5);
  const lids = Math.max(...EYES.map((eye) => lightness(grey, eye, DARKER_THAN_LIDS)));
  return lids - nose + Math.max(0, openness) / ODDS_PER_DARKNESS;
}

function lightness(grey: Float32Array, { left, top, width, height }: Box, quantile: number): number {
  const values = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const start = (top + row) * ALIGNED_SIZE + left;
    values.set(grey.subarray(start, start + width), row * width);
  }
  values.sort();
  return Math.log((values[Math.floor(quantile * values.length)] ?? 0) + NOISE_FLOOR);
}
