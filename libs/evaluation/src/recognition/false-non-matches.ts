import type { GenuineComparison } from './genuine-comparisons.js';

/** How many genuine comparisons fail, for each threshold. */
export class FalseNonMatches {
  readonly #scores: Float64Array;
  /** Weight of the comparison and of all below it. */
  readonly #cumulative: Float64Array;

  constructor(
    comparisons: readonly GenuineComparison[],
    weightOf: (comparison: GenuineComparison) => number,
  ) {
    const ascending = comparisons.toSorted((a, b) => a.score - b.score);
    this.#scores = Float64Array.from(ascending, ({ score }) => score);
    let sum = 0;
    this.#cumulative = Float64Array.from(ascending, (comparison) => (sum += weightOf(comparison)));
  }

  rateAt(threshold: number): number {
    const total = this.#cumulative.at(-1);
    if (total === undefined) return Number.NaN;
    return (this.#cumulative[this.countAt(threshold) - 1] ?? 0) / total;
  }

  /** Comparisons that fail. */
  countAt(threshold: number): number {
    let [from, to] = [0, this.#scores.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#scores[middle] ?? 0) < threshold) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
