// A blink or a blur spoils single frames of a living person; a replay that slips through in some frames does not in
// three out of four.
const QUANTILE = 0.25;

/** One score for a burst of frames: their lower quartile. A frame without a score counts as the worst. */
export function fuseFrames(scores: readonly number[]): number {
  if (scores.length === 0) throw new RangeError('a burst has frames');
  const ascending = scores.map((score) => (Number.isNaN(score) ? 0 : score)).sort((a, b) => a - b);
  return ascending[Math.floor(QUANTILE * (ascending.length - 1))] as number;
}
