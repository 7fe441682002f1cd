import { ALIGNED_SIZE } from '../face/crops.js';
import { meanLevel, toGreyPlane } from '../face/planes.js';
import type { RgbImage } from '../face/rgb-image.js';
import type { FaceMeasures } from './face-measures.js';

// The part of the aligned crop that is skin, eyes and mouth on every face, without hair and background.
const REGION = { left: 24, right: 88, top: 36, bottom: 104 };
const MIDDLE = ALIGNED_SIZE / 2;

// Beyond these a pixel carries next to no detail: sensors clip, and JPEG keeps little of deep shadow.
const NEARLY_BLACK = 0.08;
const NEARLY_WHITE = 0.95;

const BRIGHTNESS_BINS = 32;

type LightMeasures = Pick<
  FaceMeasures,
  'luminanceMean' | 'underExposure' | 'overExposure' | 'illuminationUniformity' | 'sharpness'
>;

/** Measured on the aligned crop, thus on what the embedding model sees, whatever the size of the picture. */
export function measureLight(aligned: RgbImage): LightMeasures {
  const grey = toGreyPlane(aligned, 255);
  const face = region(grey, REGION.left, REGION.right);
  return {
    luminanceMean: meanLevel(face),
    ...exposure(face),
    illuminationUniformity: common(region(grey, REGION.left, MIDDLE), region(grey, MIDDLE, REGION.right)),
    sharpness: sharpnessOf(grey),
  };
}

function region(grey: Float32Array, left: number, right: number): Float32Array {
  const width = right - left;
  const values = new Float32Array(width * (REGION.bottom - REGION.top));
  for (let row = REGION.top; row < REGION.bottom; row += 1) {
    const start = row * ALIGNED_SIZE;
    values.set(grey.subarray(start + left, start + right), (row - REGION.top) * width);
  }
  return values;
}

function exposure(face: Float32Array): Pick<LightMeasures, 'underExposure' | 'overExposure'> {
  let black = 0;
  let white = 0;
  for (let i = 0; i < face.length; i += 1) {
    const value = face[i] as number;
    if (value < NEARLY_BLACK) black += 1;
    if (value > NEARLY_WHITE) white += 1;
  }
  return { underExposure: black / face.length, overExposure: white / face.length };
}

/** The area that the histograms of both halves share, as ISO/IEC 29794-5 defines uniform illumination. */
function common(left: Float32Array, right: Float32Array): number {
  const other = histogram(right);
  return histogram(left).reduce((sum, share, bin) => sum + Math.min(share, other[bin] ?? 0), 0);
}

function histogram(values: Float32Array): Float64Array {
  const shares = new Float64Array(BRIGHTNESS_BINS);
  for (let i = 0; i < values.length; i += 1) {
    const bin = Math.min(BRIGHTNESS_BINS - 1, Math.floor((values[i] as number) * BRIGHTNESS_BINS));
    shares[bin] = (shares[bin] ?? 0) + 1 / values.length;
  }
  return shares;
}

/** Energy of the Laplacian per energy of the picture itself. Without the division a face in flat light would
 *  count as blurred and a noisy dark one as sharp. */
function sharpnessOf(grey: Float32Array): number {
  const mean = meanLevel(region(grey, REGION.left, REGION.right));
  let detail = 0;
  let contrast = 0;
  for (let row = REGION.top; row < REGION.bottom; row += 1) {
    for (let column = REGION.left; column < REGION.right; column += 1) {
      const index = row * ALIGNED_SIZE + column;
      const centre = grey[index] ?? 0;
      const sides = (grey[index - 1] ?? 0) + (grey[index + 1] ?? 0);
      const ends = (grey[index - ALIGNED_SIZE] ?? 0) + (grey[index + ALIGNED_SIZE] ?? 0);
      detail += (sides + ends - 4 * centre) ** 2;
      contrast += (centre - mean) ** 2;
    }
  }
  return contrast === 0 ? 0 : detail / contrast;
}
