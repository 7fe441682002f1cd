import type { Box } from '../face/geometry.js';
import type { RgbImage } from '../face/rgb-image.js';
import { PowerSpectrum } from './power-spectrum.js';
import type { Ramp } from './ramp.js';
import { evidence } from './ramp.js';

const spectrum = new PowerSpectrum(32);
/** Of one window at a time. */
const levels = new Float64Array(spectrum.side ** 2);
const WINDOWS_PER_AXIS = 4;
/** Of the face's box: inside are skin and features, outside hair and background. */
const INNER_SHARE = 0.8;

// In cycles per window. Slower ones are the face's own shape.
const SLOWEST = 4;
// The blocks of a JPEG and the rows of a sensor repeat along the axes.
const NEXT_TO_AXIS = 1;
/** What noise of one grey level leaves in each frequency: what is weaker stands out from nothing. */
const NOISE_POWER = (spectrum.side * 3) ** 2 / 64;

/** How far one frequency stands out all over the face, in decades above others that are as fine: the pixels of a
 *  screen or the dots of a print, or their moiré with the camera's own pixels. A beard, a striped shirt or
 *  the frame of glasses is in some windows only, so each frequency counts by its lower quartile over windows. */
export function measureSurfaceGrid(image: RgbImage, face: Box): number {
  const windows = windowsIn(image, face);
  if (windows.length === 0) return 0;
  const everywhere = lowerQuartiles(windows.map(({ x, y }) => spectrum.of(greenLevels(image, x, y))));
  let prominence = 0;
  for (const ring of rings(everywhere)) {
    const usual = Math.max(medianOf(ring.map(({ power }) => power)), NOISE_POWER);
    for (const { power, nextToAxis } of ring) {
      if (!nextToAxis) prominence = Math.max(prominence, Math.log10(power / usual));
    }
  }
  return prominence;
}

// Living faces reach one decade and a half by chance (hair, stubble, a coarse lens); a screen's pixels, where they show
// at all, more than two.
const PROMINENCE: Ramp = { none: 1.5, full: 2.2 };

export function gridEvidence(prominence: number): number {
  return evidence(prominence, PROMINENCE);
}

function windowsIn(image: RgbImage, face: Box): { x: number; y: number }[] {
  const columns = starts(face.left, face.width, image.width);
  return starts(face.top, face.height, image.height).flatMap((y) => columns.map((x) => ({ x, y })));
}

/** Evenly over the inner part; none where fewer than two fit side by side. */
function starts(start: number, extent: number, limit: number): number[] {
  const from = Math.max(0, Math.round(start + (extent * (1 - INNER_SHARE)) / 2));
  const to = Math.min(limit, Math.round(start + (extent * (1 + INNER_SHARE)) / 2));
  const count = Math.min(WINDOWS_PER_AXIS, Math.floor((to - from) / spectrum.side));
  if (count < 2) return [];
  const step = (to - from - spectrum.side) / (count - 1);
  return Array.from({ length: count }, (_, index) => Math.floor(from + index * step));
}

function greenLevels({ data, width }: RgbImage, left: number, top: number): Float64Array {
  const { side } = spectrum;
  for (let row = 0; row < side; row += 1) {
    let source = ((top + row) * width + left) * 3 + 1;
    for (let column = 0; column < side; column += 1, source += 3) {
      levels[row * side + column] = data[source] as number;
    }
  }
  return levels;
}

function lowerQuartiles(spectra: readonly Float64Array[]): Float64Array {
  const rank = spectra.length >> 2;
  const values = new Float64Array(spectra.length);
  const quartiles = new Float64Array(spectrum.side * spectrum.columns);
  for (let index = 0; index < quartiles.length; index += 1) {
    for (let window = 0; window < spectra.length; window += 1) {
      values[window] = (spectra[window] as Float64Array)[index] as number;
    }
    quartiles[index] = values.sort()[rank] as number;
  }
  return quartiles;
}

interface Frequency {
  readonly power: number;
  readonly nextToAxis: boolean;
}

/** Frequencies of about the same fineness, from the coarsest ring that matters to the finest. */
function rings(power: Float64Array): Frequency[][] {
  const { side, columns } = spectrum;
  const found = Array.from({ length: side / 2 - SLOWEST + 1 }, (): Frequency[] => []);
  for (let row = 0; row < side; row += 1) {
    const vertical = row <= side / 2 ? row : row - side;
    for (let column = 0; column < columns; column += 1) {
      const ring = found[Math.round(Math.hypot(column, vertical)) - SLOWEST];
      const nextToAxis = Math.min(column, Math.abs(vertical)) <= NEXT_TO_AXIS;
      ring?.push({ power: power[row * columns + column] as number, nextToAxis });
    }
  }
  return found;
}

function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}
