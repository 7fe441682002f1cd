import { probit } from '@absah/evaluation';
import type { ErrorRates } from '@absah/evaluation';
import type { Markup } from './html.js';
import { plot } from './plot-frame.js';
import type { Axis } from './plot-frame.js';

/** Both axes bend by the normal distribution, as ISO/IEC 19795-1 draws DET curves: normal scores make a line. */
function rateAxis(label: string, low: number, high: number): Axis {
  const [from, to] = [probit(low), probit(high)];
  const ticks = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5].filter(
    (rate) => rate >= low && rate <= high,
  );
  return {
    label,
    // Rates of 0 and 1 have no place on such an axis, and are drawn at its ends.
    place: (rate) => (probit(Math.min(high, Math.max(low, rate))) - from) / (to - from),
    ticks: ticks.map((value) => ({ value, label: tickLabel(value) })),
  };
}

function tickLabel(rate: number): string {
  return rate < 1e-3 ? rate.toExponential(0) : `${Number((100 * rate).toPrecision(1))} %`;
}

const LOWEST_FNMR = 1e-4;

export function detPlot(
  curves: readonly { readonly name: string; readonly det: readonly ErrorRates[] }[],
): Markup {
  const lowest = Math.min(0.01, ...curves.flatMap(({ det }) => det.map(({ fmr }) => fmr)));
  return plot(
    'DET curve: false non-match rate over false match rate',
    rateAxis('false match rate', lowest, 0.5),
    rateAxis('false non-match rate', LOWEST_FNMR, 0.5),
    curves.map(({ name, det }) => ({
      name,
      points: det.map(({ fmr, fnmr }) => [fmr, fnmr] as const),
    })),
  );
}
