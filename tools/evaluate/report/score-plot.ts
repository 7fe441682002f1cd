import type { Markup } from './html.js';
import { plot } from './plot-frame.js';

export interface ScoreDistribution {
  readonly name: string;
  /** From the lowest score to the highest. */
  readonly counts: ArrayLike<number>;
}

const TICKS = 5;

/** Distributions as shares of their own total, one above the other.
 *  @param range of the scores that the counts spread over evenly
 *  @param mark a threshold */
export function scorePlot(
  title: string,
  distributions: readonly ScoreDistribution[],
  [low, high]: readonly [number, number],
  mark: number,
): Markup {
  const shares = distributions.map(({ name, counts }) => ({ name, shares: sharesOf(Array.from(counts)) }));
  const highest = Math.max(1e-9, ...shares.flatMap((one) => one.shares));
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => low + ((high - low) * index) / TICKS);
  return plot(
    title,
    {
      label: 'score',
      place: (score) => (score - low) / (high - low),
      ticks: ticks.map((value) => ({ value, label: value.toFixed(1) })),
    },
    {
      label: 'share of its kind',
      place: (share) => share / highest,
      ticks: [0, 0.5, 1].map((part) => ({
        value: part * highest,
        label: `${(100 * part * highest).toFixed(1)} %`,
      })),
    },
    shares.map(({ name, shares: values }) => ({ name, points: outline(values, low, high) })),
    mark,
  );
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, value) => sum + value, 0);
  return counts.map((value) => value / Math.max(1, total));
}

/** The steps of a histogram. */
function outline(shares: readonly number[], low: number, high: number): (readonly [number, number])[] {
  const width = (high - low) / shares.length;
  return shares.flatMap((share, bin) => {
    const left = low + bin * width;
    return [[left, share] as const, [left + width, share] as const];
  });
}

/** Counts scores in equal bins. */
export function histogram(scores: readonly number[], low: number, high: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const score of scores) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((score - low) / (high - low)) * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
