/** Accepts when the institution names no threshold of its own (V6). */
const DEFAULT_THRESHOLD = 0.95;

const SCORE_DECIMALS = 4;

export interface Verdict {
  readonly verdict: 'match' | 'mismatch';
  readonly matchScore: number;
}

/** The verdict is about the score as it is written, so that the two never contradict each other. */
export function verdictOf(score: number, threshold = DEFAULT_THRESHOLD): Verdict {
  const scale = 10 ** SCORE_DECIMALS;
  // Downwards: rounding must not lift anybody over the threshold.
  const matchScore = Math.floor(score * scale) / scale;
  return { verdict: matchScore >= threshold ? 'match' : 'mismatch', matchScore };
}
