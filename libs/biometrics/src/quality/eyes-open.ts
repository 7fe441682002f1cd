import { meanLevel, toGreyPlane } from '../face/planes.js';
import type { RgbImage } from '../face/rgb-image.js';

/** How sure the model is that an eye is open, as logarithm of the odds; one number per crop of that eye. */
export type EyeOpinions = readonly number[];

/** A narrow eye, a reflection or a dim picture makes the model err on single crops, but rarely on all crops
 *  of both eyes: it takes a consistent answer to call somebody's eyes closed.
 *  @returns logarithm of the odds that the eye which looks more open is open */
export function openLogOdds(eyes: readonly EyeOpinions[]): number {
  return Math.max(...eyes.map((opinions) => opinions.reduce((sum, one) => sum + one, 0) / opinions.length));
}

export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

const WELL_LIT = { mean: 0.5 * 255, deviation: 0.18 * 255 };

/** The same crop in grey as if it were well lit. The model was trained on such eyes, and takes those in
 *  shade or behind glasses for closed. */
export function evenedContrast(crop: RgbImage): RgbImage {
  const grey = toGreyPlane(crop);
  const mean = meanLevel(grey);
  const variance = grey.reduce((sum, value) => sum + (value - mean) ** 2, 0) / grey.length;
  const gain = WELL_LIT.deviation / Math.max(Math.sqrt(variance), 1);
  const data = new Uint8Array(crop.data.length);
  grey.forEach((value, pixel) => {
    const evened = Math.min(Math.max(WELL_LIT.mean + (value - mean) * gain, 0), 255);
    data.fill(evened, pixel * 3, pixel * 3 + 3);
  });
  return { ...crop, data };
}
