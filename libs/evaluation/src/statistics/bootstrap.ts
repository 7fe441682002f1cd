import { CONFIDENCE } from './interval.js';
import type { Interval } from './interval.js';

const REPLICATES = 1_000;
const SEED = 20_260_101;

/**
 * Percentile bootstrap over whole groups (persons, subjects): each replicate draws as many groups as there
 * are, with replacement, and `statistic` hears how often each was drawn. Comparisons of one person fail
 * together, so drawing single comparisons would promise too much.
 *
 * The seed is fixed: the same measurements give the same report.
 */
export function bootstrapInterval(
  groups: number,
  statistic: (timesDrawn: Uint16Array) => number,
): Interval | undefined {
  const random = uniform(SEED);
  const values: number[] = [];
  for (let replicate = 0; replicate < REPLICATES; replicate += 1) {
    const timesDrawn = new Uint16Array(groups);
    for (let draw = 0; draw < groups; draw += 1) {
      const group = Math.floor(random() * groups);
      timesDrawn[group] = (timesDrawn[group] ?? 0) + 1;
    }
    const value = statistic(timesDrawn);
    // A draw may hold nobody who was compared.
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const [low, high] = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2].map(
    (share) => values[Math.min(values.length - 1, Math.floor(share * values.length))],
  );
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** Mulberry32: small, fast, and good enough to draw groups. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
