import type { ScoredComparisons } from '@absah/evaluation';
import { histogram } from '../report/score-plot.js';

/** Comparisons by cosine, from -1 to 1 in equal bins. */
export interface ScoreHistograms {
  readonly genuine: readonly number[];
  readonly impostor: readonly number[];
}

const BINS = 128;

export function scoreHistograms({ genuine, impostors }: ScoredComparisons): ScoreHistograms {
  const perBin = impostors.counts.length / BINS;
  return {
    genuine: histogram(
      genuine.map(({ score }) => score),
      -1,
      1,
      BINS,
    ),
    impostor: Array.from({ length: BINS }, (_, bin) =>
      impostors.counts.subarray(bin * perBin, (bin + 1) * perBin).reduce((sum, value) => sum + value, 0),
    ),
  };
}
