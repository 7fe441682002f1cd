import { incompleteBeta } from './incomplete-beta.js';
import { CONFIDENCE } from './interval.js';
import type { Interval } from './interval.js';

const TAIL = (1 - CONFIDENCE) / 2;
const HALVINGS = 60;

/** The exact interval for a rate of errors among independent trials. It is never too narrow, also when no
 *  error was seen: then its upper end is close to 3.7 ÷ trials. */
export function clopperPearson(errors: number, trials: number): Interval {
  if (!(errors >= 0 && errors <= trials)) throw new RangeError(`${errors} errors in ${trials} trials`);
  if (trials === 0) return [0, 1];
  const low = errors === 0 ? 0 : quantile(TAIL, errors, trials - errors + 1);
  const high = errors === trials ? 1 : quantile(1 - TAIL, errors + 1, trials - errors);
  return [low, high];
}

/** Where the beta distribution reaches `probability`. */
function quantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
