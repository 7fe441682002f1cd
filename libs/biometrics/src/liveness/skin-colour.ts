import type { RgbImage } from '../face/rgb-image.js';
import type { Ramp } from './ramp.js';
import { evidence } from './ramp.js';

/** What the colours of a face say about its being skin. */
export interface SkinColour {
  /** log2 of red over green, of the ruddier quarter of the face: a mask, a beard or glasses leave that much. Not
   *  a number when too little of the face is exposed well enough. */
  readonly redness: number;
  /** Share of the face where one channel is at its end and another far from it. */
  readonly overdriven: number;
}

// The part of the aligned crop that is skin, eyes and mouth on every face, without hair and background.
const REGION = { left: 24, right: 88, top: 36, bottom: 104 };
const REGION_AREA = (REGION.right - REGION.left) * (REGION.bottom - REGION.top);

// A channel at its end no longer says how much there was, one near zero says mostly noise.
const WELL_EXPOSED = { darkest: 24, brightest: 248 };
const LEAST_EXPOSED_SHARE = 0.1;
const OVERDRIVEN = { highest: 252, lowest: 170 };

export function measureSkinColour({ data, width }: RgbImage): SkinColour {
  const redness: number[] = [];
  let overdriven = 0;
  for (let row = REGION.top; row < REGION.bottom; row += 1) {
    for (let column = REGION.left; column < REGION.right; column += 1) {
      const at = (row * width + column) * 3;
      const red = data[at] as number;
      const green = data[at + 1] as number;
      const blue = data[at + 2] as number;
      const highest = Math.max(red, green, blue);
      if (highest > WELL_EXPOSED.darkest && highest < WELL_EXPOSED.brightest) {
        redness.push(Math.log2((red + 4) / (green + 4)));
      }
      if (highest >= OVERDRIVEN.highest && Math.min(red, green, blue) <= OVERDRIVEN.lowest) overdriven += 1;
    }
  }
  const enough = redness.length >= LEAST_EXPOSED_SHARE * REGION_AREA;
  return { redness: enough ? upperQuartile(redness) : Number.NaN, overdriven: overdriven / REGION_AREA };
}

function upperQuartile(values: readonly number[]): number {
  return Float32Array.from(values).sort()[Math.floor(values.length * 0.75)] ?? Number.NaN;
}

// Blood and melanin swallow more green than red, whatever the complexion: 0.2 to 1.0 in webcam frames, selfies and
// press photographs alike.
/** No colour of blood: black-and-white prints, faded inks, a screen with a cast of blue. */
const PALE: Ramp = { none: 0.15, full: 0 };
/** Redder than skin can be: a screen turned up. */
const GARISH: Ramp = { none: 1.1, full: 1.5 };
/** A camera that overexposes skin drives all channels to their end, so it turns white. A screen that does so
 *  shows flat patches of pure orange. */
const FLAT_PATCHES: Ramp = { none: 0.04, full: 0.12 };

/** 0 to 1: how far these are not the colours of skin. The causes overlap, so only the strongest counts. */
export function colourEvidence({ redness, overdriven }: SkinColour): number {
  return Math.max(evidence(redness, PALE), evidence(redness, GARISH), evidence(overdriven, FLAT_PATCHES));
}
