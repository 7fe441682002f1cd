import { BINS, binOf, edgeOf } from './impostor-scores.js';
import type { ImpostorPair, ImpostorScores } from './impostor-scores.js';

export interface FmrThreshold {
  readonly threshold: number;
  /** False when even one false match is more than the rate allows: the threshold is then just above the
   *  highest impostor, and a larger sample might put it higher. */
  readonly resolved: boolean;
}

// Of a cosine: far below what a 32-bit embedding resolves.
const JUST_ABOVE = 2 ** -40;
// Sums of weights differ in their last digits by the order of summing.
const ROUNDING = 1 + 1e-12;

/** How many impostors pass, for each threshold. A comparison passes when its score is at least the threshold. */
export class FalseMatches {
  readonly #scores: ImpostorScores;
  /** Weight of the pair and of all above it. */
  readonly #cumulative: Float64Array;
  /** Weight in the bin and all above it. */
  readonly #binsUpwards: Float64Array;

  /** @param weightOf the weight of a pair, of which `bins` are the sums */
  constructor(scores: ImpostorScores, bins: Float64Array, weightOf: (pair: ImpostorPair) => number) {
    this.#scores = scores;
    let sum = 0;
    this.#cumulative = Float64Array.from(scores.highest, (pair) => (sum += weightOf(pair)));
    this.#binsUpwards = new Float64Array(BINS + 1);
    for (let bin = BINS - 1; bin >= 0; bin -= 1) {
      this.#binsUpwards[bin] = (this.#binsUpwards[bin + 1] ?? 0) + (bins[bin] ?? 0);
    }
  }

  get total(): number {
    return this.#binsUpwards[0] ?? 0;
  }

  /** Exact for the highest scores, and to the width of a bin for the others. */
  rateAt(threshold: number): number {
    if (this.total === 0) return 0;
    if (threshold < this.#scores.floor) return (this.#binsUpwards[binOf(threshold)] ?? 0) / this.total;
    return (this.#cumulative[this.#countAt(threshold) - 1] ?? 0) / this.total;
  }

  /** False matches one by one; complete for thresholds that `thresholdFor` took from the highest scores. */
  passing(threshold: number): readonly ImpostorPair[] {
    return this.#scores.highest.slice(0, this.#countAt(threshold));
  }

  #countAt(threshold: number): number {
    const { highest } = this.#scores;
    let [from, to] = [0, highest.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((highest[middle]?.score ?? 0) >= threshold) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The lowest threshold, among the impostors' own scores, at which no more than `rate` of them pass. */
  thresholdFor(rate: number): FmrThreshold {
    const { highest, floor } = this.#scores;
    const allowed = rate * this.total * ROUNDING;
    let count = this.#cumulative.findIndex((weight) => weight > allowed);
    if (count < 0) {
      // Either nobody is beyond the list, or its floor is too high to tell.
      if (floor > -1) return { threshold: this.#edgeFor(allowed), resolved: true };
      count = highest.length;
    }
    // Equal scores pass together or not at all.
    while (count > 0 && highest[count]?.score === highest[count - 1]?.score) count -= 1;
    const lowestPassing = highest[count - 1];
    if (lowestPassing) return { threshold: lowestPassing.score, resolved: true };
    return { threshold: (highest[0]?.score ?? 0) + JUST_ABOVE, resolved: false };
  }

  #edgeFor(allowed: number): number {
    return edgeOf(this.#binsUpwards.findIndex((weight) => weight <= allowed));
  }
}
