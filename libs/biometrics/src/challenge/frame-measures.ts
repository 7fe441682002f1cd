import type { Box } from '../face/geometry.js';
import { toGreyPlane } from '../face/planes.js';
import type { RgbImage } from '../face/rgb-image.js';
import { scaleBox } from '../face/scale-box.js';
import type { LinearColour } from './frame-observation.js';

/** Side of the grey patch of a face; a quarter of the aligned crop, so that whole pixels are averaged. */
const PATCH_SIDE = 28;
export const PATCH_CELLS = PATCH_SIDE ** 2;
const PATCH_STEP = 4;

/** Side of the coarse picture of a frame. */
export const SCENE_SIDE = 8;
export const SCENE_VALUES = SCENE_SIDE ** 2 * 3;
const SAMPLES_PER_CELL = 4;

// Beside the nose, below the eyes and above the mouth of the aligned crop: skin on every face, beard or none.
const CHEEKS: readonly Box[] = [
  { left: 30, top: 66, width: 12, height: 14 },
  { left: 70, top: 66, width: 12, height: 14 },
];

/** PATCH_SIDE × PATCH_SIDE luminances of an aligned crop, 0 to 1: coarse enough to overlook compression and
 *  a landmark's jitter. */
export function measurePatch(aligned: RgbImage): Float32Array {
  const grey = toGreyPlane(aligned, 255 * PATCH_STEP ** 2);
  const patch = new Float32Array(PATCH_CELLS);
  for (let row = 0; row < aligned.height; row += 1) {
    const line = Math.trunc(row / PATCH_STEP) * PATCH_SIDE;
    for (let column = 0; column < aligned.width; column += 1) {
      const cell = line + Math.trunc(column / PATCH_STEP);
      patch[cell] = (patch[cell] as number) + (grey[row * aligned.width + column] as number);
    }
  }
  return patch;
}

/** Mean of the cheeks of an aligned crop. */
export function measureSkin(aligned: RgbImage): LinearColour {
  const colours = CHEEKS.map((cheek) => meanColour(aligned, cheek));
  const mean = (channel: 0 | 1 | 2) =>
    colours.reduce((sum, colour) => sum + colour[channel], 0) / colours.length;
  return [mean(0), mean(1), mean(2)];
}

/** The whole frame as SCENE_SIDE × SCENE_SIDE cells of linear red, green, blue. */
export function measureScene(image: RgbImage): Float32Array {
  const whole = { left: 0, top: 0, width: image.width, height: image.height };
  const side = SCENE_SIDE * SAMPLES_PER_CELL;
  const sampled = scaleBox(image, whole, { width: side, height: side });
  const cells = Array.from({ length: SCENE_SIDE ** 2 }, (_, cell) => ({
    left: (cell % SCENE_SIDE) * SAMPLES_PER_CELL,
    top: Math.trunc(cell / SCENE_SIDE) * SAMPLES_PER_CELL,
    width: SAMPLES_PER_CELL,
    height: SAMPLES_PER_CELL,
  }));
  return Float32Array.from(cells.flatMap((cell) => meanColour(sampled, cell)));
}

/** @param box of whole pixels inside the image */
function meanColour({ data, width }: RgbImage, box: Box): LinearColour {
  let [red, green, blue] = [0, 0, 0];
  for (let row = box.top; row < box.top + box.height; row += 1) {
    const start = (row * width + box.left) * 3;
    for (let source = start; source < start + box.width * 3; source += 3) {
      red += LINEAR[data[source] as number] as number;
      green += LINEAR[data[source + 1] as number] as number;
      blue += LINEAR[data[source + 2] as number] as number;
    }
  }
  const area = box.width * box.height;
  return [red / area, green / area, blue / area];
}

/** Light that each byte of a picture stands for (IEC 61966-2-1, sRGB). */
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});
