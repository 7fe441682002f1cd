import { ALIGNED_SIZE } from '../face/crops.js';
import { toGreyPlane } from '../face/planes.js';
import type { RgbImage } from '../face/rgb-image.js';
import type { FaceMeasures } from './face-measures.js';

// The part of the aligned crop that is skin, eyes and mouth on every face, without hair and background.
const REGION = { left: 24, right: 88, top: 36, bottom: 104 };

/** Measured on the aligned crop, thus on what the embedding model sees, whatever the size of the picture. */
export function measureLight(aligned: RgbImage): Pick<FaceMeasures, 'luminanceMean' | 'sharpness'> {
  const grey = toGreyPlane(aligned, 255);
  return { luminanceMean: meanOf(grey), sharpness: sharpnessOf(grey) };
}

function forRegion(visit: (index: number) => void): void {
  for (let row = REGION.top; row < REGION.bottom; row += 1) {
    for (let column = REGION.left; column < REGION.right; column += 1) visit(row * ALIGNED_SIZE + column);
  }
}

const REGION_AREA = (REGION.right - REGION.left) * (REGION.bottom - REGION.top);

function meanOf(grey: Float32Array): number {
  let sum = 0;
  forRegion((index) => {
    sum += grey[index] ?? 0;
  });
  return sum / REGION_AREA;
}

/** Energy of the Laplacian per energy of the picture itself. Without the division a face in flat light would
 *  count as blurred and a noisy dark one as sharp. */
function sharpnessOf(grey: Float32Array): number {
  const mean = meanOf(grey);
  let detail = 0;
  let contrast = 0;
  forRegion((index) => {
    const centre = grey[index] ?? 0;
    const sides = (grey[index - 1] ?? 0) + (grey[index + 1] ?? 0);
    const ends = (grey[index - ALIGNED_SIZE] ?? 0) + (grey[index + ALIGNED_SIZE] ?? 0);
    detail += (sides + ends - 4 * centre) ** 2;
    contrast += (centre - mean) ** 2;
  });
  return contrast === 0 ? 0 : detail / contrast;
}
