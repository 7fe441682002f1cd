import type { Box } from '../face/geometry.js';
import type { RgbImage } from '../face/rgb-image.js';
import type { Colour } from './median-colour.js';
import { medianColour } from './median-colour.js';

// Places on the aligned crop. The root of the nose is skin on every face and above every mask.
const NOSE_ROOT: Box = { left: 48, top: 42, width: 16, height: 16 };
const LOWER_FACE: Box = { left: 36, top: 78, width: 40, height: 30 };
/** The middle of the mouth, from under the nose to the chin: narrow enough for a turned head. */
const MOUTH: Box = { left: 48, top: 72, width: 16, height: 40 };
/** Rows of `MOUTH` in which lips may lie. */
const LIPS = { first: 10, last: 30 };

// Make-up, flushed cheeks, beards and coloured lamps reach this difference between two places of one face.
const TINT_OF_ONE_FACE = 0.2;
/** How much clearer a mouth has to be per tint beyond that. */
const MOUTH_PER_TINT = 4;

// Keeps noise in deep shadow from counting as contrast or colour.
const NOISE_FLOOR = 12;

/**
 * Every face, bearded, smiling or turned, has between nose and chin a line that is darker, or lips that are
 * redder, than the skin above and below; no mask, scarf or hand has. A pleat or a print may look like it,
 * so what has another colour than the root of the nose must show it more clearly. All of it is logarithms
 * of ratios within one picture: exposure, the colour of the light and that of the skin cancel out.
 */
export function measureMouthVisible(aligned: RgbImage): number {
  const tint = tintBetween(medianColour(aligned, NOSE_ROOT), medianColour(aligned, LOWER_FACE));
  const rows = mouthRows(aligned);
  const mouth = lineBetweenLips(rows.map(brightness)) + Math.max(0, rednessOfLips(rows.map(redness)));
  return mouth - MOUTH_PER_TINT * Math.max(0, tint - TINT_OF_ONE_FACE);
}

function tintBetween(one: Colour, other: Colour): number {
  return Math.hypot(redness(one) - redness(other), blueness(one) - blueness(other));
}

function brightness([red, green, blue]: Colour): number {
  return Math.log(0.299 * red + 0.587 * green + 0.114 * blue + NOISE_FLOOR);
}

function redness([red, green]: Colour): number {
  return Math.log((red + NOISE_FLOOR) / (green + NOISE_FLOOR));
}

function blueness([, green, blue]: Colour): number {
  return Math.log((blue + NOISE_FLOOR) / (green + NOISE_FLOOR));
}

/** The mean colour of each row of the mouth. */
function mouthRows({ data, width }: RgbImage): Colour[] {
  const mean = (row: number, channel: number) => {
    const start = ((MOUTH.top + row) * width + MOUTH.left) * 3 + channel;
    let sum = 0;
    for (let column = 0; column < MOUTH.width; column += 1) sum += data[start + column * 3] ?? 0;
    return sum / MOUTH.width;
  };
  return Array.from({ length: MOUTH.height }, (_, row) => [mean(row, 0), mean(row, 1), mean(row, 2)]);
}

/** How much darker the line is than the lightest row on the darker of its sides. */
function lineBetweenLips(rows: readonly number[]): number {
  return clearest(smoothed(rows, 1), (row, profile) => {
    const above = Math.max(...profile.slice(Math.max(0, row - 10), row - 1));
    const below = Math.max(...profile.slice(row + 2, row + 11));
    return Math.min(above, below) - (profile[row] ?? 0);
  });
}

/** How much redder the lips are than the palest rows of their sides. */
function rednessOfLips(rows: readonly number[]): number {
  return clearest(smoothed(rows, 2), (row, profile) => {
    const above = Math.min(...profile.slice(Math.max(0, row - 12), row - 3));
    const below = Math.min(...profile.slice(row + 4, row + 13));
    return (profile[row] ?? 0) - (above + below) / 2;
  });
}

function clearest(
  profile: readonly number[],
  clarity: (row: number, profile: readonly number[]) => number,
): number {
  const rows = Array.from({ length: LIPS.last - LIPS.first + 1 }, (_, index) => LIPS.first + index);
  return Math.max(...rows.map((row) => clarity(row, profile)));
}

/** The mean of each row and its neighbours; at the ends, of those that there are. */
function smoothed(rows: readonly number[], reach: number): number[] {
  return rows.map((_, row) => {
    const around = rows.slice(Math.max(0, row - reach), row + reach + 1);
    return around.reduce((sum, value) => sum + value, 0) / around.length;
  });
}
