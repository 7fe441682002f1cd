import type { RgbImage } from '../face/rgb-image.js';
import type { Ramp } from './ramp.js';
import { evidence } from './ramp.js';

// The part of the aligned crop that is skin, eyes and mouth on every face, without hair and background.
const REGION = { left: 24, right: 88, top: 36, bottom: 104 };
const REGION_AREA = (REGION.right - REGION.left) * (REGION.bottom - REGION.top);

// A channel at its end no longer says how much there was, and one near zero says mostly noise.
const DARKEST = 24;
const BRIGHTEST = 248;
const LEAST_EXPOSED_SHARE = 0.1;

/** log2 of red over green, of the ruddier quarter of the face: so much of it shows even with a mask, a beard or
 *  glasses. Not a number when too little of the face is exposed well enough to tell. */
export function measureRedness({ data, width }: RgbImage): number {
  const redness = new Float32Array(REGION_AREA);
  let exposed = 0;
  for (let row = REGION.top; row < REGION.bottom; row += 1) {
    for (let column = REGION.left; column < REGION.right; column += 1) {
      const at = (row * width + column) * 3;
      const red = data[at] as number;
      const green = data[at + 1] as number;
      const highest = Math.max(red, green, data[at + 2] as number);
      // The summand keeps the noise of dark pixels small.
      if (highest <= DARKEST || highest >= BRIGHTEST) continue;
      redness[exposed] = Math.log2((red + 4) / (green + 4));
      exposed += 1;
    }
  }
  return exposed < LEAST_EXPOSED_SHARE * REGION_AREA
    ? Number.NaN
    : upperQuartile(redness.subarray(0, exposed));
}

function upperQuartile(values: Float32Array): number {
  return values.sort()[Math.floor(values.length * 0.75)] ?? Number.NaN;
}

// Blood and melanin swallow more green than red whatever the complexion. Webcam frames, selfies and press photographs
// lie between 0.2 and 1.1; a camera that misjudges the light shifts that by a tenth or two.
/** No blood: faded inks, black-and-white prints, a screen with a cast of blue. */
const PALE: Ramp = { none: 0.1, full: -0.1 };
/** More than blood: a screen turned up, filmed beyond what the camera can hold. */
const GARISH: Ramp = { none: 1.1, full: 1.5 };

/** 0 to 1: how far this is not the colour of skin. */
export function colourEvidence(redness: number): number {
  return Math.max(evidence(redness, PALE), evidence(redness, GARISH));
}
