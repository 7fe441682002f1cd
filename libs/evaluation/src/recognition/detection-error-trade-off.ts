import { BINS, edgeOf } from './impostor-scores.js';
import type { FalseMatches } from './false-matches.js';
import type { FalseNonMatches } from './false-non-matches.js';

export interface ErrorRates {
  readonly threshold: number;
  readonly fmr: number;
  readonly fnmr: number;
}

/** Where as many impostors pass as genuine people fail. Both rates move in steps, so the two that come
 *  closest are averaged. */
export function equalError(
  falseMatches: FalseMatches,
  falseNonMatches: FalseNonMatches,
): { readonly rate: number; readonly threshold: number } {
  const ratesAt = (bin: number): ErrorRates => errorRates(falseMatches, falseNonMatches, edgeOf(bin));
  let [below, above] = [0, BINS];
  while (above - below > 1) {
    const middle = (below + above) >>> 1;
    const { fmr, fnmr } = ratesAt(middle);
    if (fnmr < fmr) below = middle;
    else above = middle;
  }
  const [lower, upper] = [ratesAt(below), ratesAt(above)];
  const gap = ({ fmr, fnmr }: ErrorRates): number => Math.abs(fmr - fnmr);
  const nearest = gap(lower) < gap(upper) ? lower : upper;
  return { rate: (nearest.fmr + nearest.fnmr) / 2, threshold: nearest.threshold };
}

function errorRates(
  falseMatches: FalseMatches,
  falseNonMatches: FalseNonMatches,
  threshold: number,
): ErrorRates {
  return { threshold, fmr: falseMatches.rateAt(threshold), fnmr: falseNonMatches.rateAt(threshold) };
}

const POINTS_PER_DECADE = 20;

/** Points of the DET curve of ISO/IEC 19795-1, evenly spaced in the logarithm of the false match rate, down to
 *  the rate that one false match makes. */
export function detectionErrorTradeOff(
  falseMatches: FalseMatches,
  falseNonMatches: FalseNonMatches,
): ErrorRates[] {
  const decades = Math.log10(Math.max(1, falseMatches.total));
  const points = Array.from({ length: Math.floor(decades * POINTS_PER_DECADE) + 1 }, (_, index) => {
    const { threshold } = falseMatches.thresholdFor(10 ** (-index / POINTS_PER_DECADE));
    return errorRates(falseMatches, falseNonMatches, threshold);
  });
  return points.filter(({ fmr }, index) => fmr > 0 && fmr !== points[index - 1]?.fmr);
}
