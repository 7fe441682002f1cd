/** Cosines are counted in bins of this width where only the course of a curve matters. */
export const BINS = 65_536;

export function binOf(cosine: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.floor(((cosine + 1) / 2) * BINS)));
}

/** The lowest cosine of a bin. */
export function edgeOf(bin: number): number {
  return (bin / BINS) * 2 - 1;
}

export interface ImpostorPair {
  readonly score: number;
  readonly probe: number;
  readonly reference: number;
}

/** What remains of millions of impostor comparisons: how they are distributed, and the highest one by one. */
export interface ImpostorScores {
  /** Comparisons per bin. */
  readonly counts: Float64Array;
  /** The same where each pair of persons weighs one, however many images they have. */
  readonly weights: Float64Array;
  /** All pairs from `floor` upwards, the highest first. */
  readonly highest: readonly ImpostorPair[];
  readonly floor: number;
}

const LOWEST = -2;

/** Collects scores in bounded memory. When the list of the highest is full, its lower half is dropped and the
 *  floor rises, so the list holds at least the highest `capacity / 2`. */
export class ImpostorCollector {
  readonly #counts = new Float64Array(BINS);
  readonly #weights = new Float64Array(BINS);
  readonly #scores: Float64Array;
  readonly #probes: Int32Array;
  readonly #references: Int32Array;
  #length = 0;
  #floor = LOWEST;

  constructor(capacity: number) {
    this.#scores = new Float64Array(capacity);
    this.#probes = new Int32Array(capacity);
    this.#references = new Int32Array(capacity);
  }

  add(score: number, probe: number, reference: number, weight: number): void {
    const bin = binOf(score);
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
    this.#weights[bin] = (this.#weights[bin] ?? 0) + weight;
    if (score < this.#floor) return;
    if (this.#length === this.#scores.length) this.#dropLowerHalf();
    if (score < this.#floor) return;
    this.#put(this.#length, score, probe, reference);
    this.#length += 1;
  }

  result(): ImpostorScores {
    const highest = Array.from({ length: this.#length }, (_, index) => this.#pair(index));
    return {
      counts: this.#counts,
      weights: this.#weights,
      highest: highest.sort((a, b) => b.score - a.score),
      floor: this.#floor,
    };
  }

  #dropLowerHalf(): void {
    const sorted = this.#scores.toSorted();
    // Equal scores stay or go together; a list of nothing else would otherwise stay full.
    const median = sorted[Math.floor(sorted.length / 2)] ?? LOWEST;
    this.#floor = sorted[0] === median ? median + Number.EPSILON : median;
    let kept = 0;
    for (let index = 0; index < this.#length; index += 1) {
      const { score, probe, reference } = this.#pair(index);
      if (score < this.#floor) continue;
      this.#put(kept, score, probe, reference);
      kept += 1;
    }
    this.#length = kept;
  }

  #pair(index: number): ImpostorPair {
    return {
      score: this.#scores[index] ?? 0,
      probe: this.#probes[index] ?? 0,
      reference: this.#references[index] ?? 0,
    };
  }

  #put(index: number, score: number, probe: number, reference: number): void {
    this.#scores[index] = score;
    this.#probes[index] = probe;
    this.#references[index] = reference;
  }
}

/** Puts together what threads collected on parts of the same comparisons. */
export function mergeImpostorScores(parts: readonly ImpostorScores[]): ImpostorScores {
  const floor = Math.max(LOWEST, ...parts.map((part) => part.floor));
  const sum = (arrays: readonly Float64Array[]): Float64Array =>
    Float64Array.from({ length: BINS }, (_, bin) =>
      arrays.reduce((total, array) => total + (array[bin] ?? 0), 0),
    );
  return {
    counts: sum(parts.map(({ counts }) => counts)),
    weights: sum(parts.map(({ weights }) => weights)),
    highest: parts
      .flatMap(({ highest }) => highest.filter(({ score }) => score >= floor))
      .sort((a, b) => b.score - a.score),
    floor,
  };
}
