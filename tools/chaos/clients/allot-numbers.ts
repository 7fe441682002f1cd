import type { PlannedVisit } from '../plan/plan.js';

/** How much of a number a masked search shows. */
export const SHOWN_LAST = 3;
const ENDINGS = 10 ** SHOWN_LAST;
const PREFIX = '628999';
const NUMBERS = 10 ** 7;

/** For each visit a number of its own, those of one person different in what a masked search shows. */
export function allotNumbers(
  visits: readonly Pick<PlannedVisit, 'person'>[],
  first: number,
): readonly string[] {
  const endingsOf = new Map<number, Set<number>>();
  let next = first;
  return visits.map(({ person }) => {
    const taken = endingsOf.get(person) ?? new Set<number>();
    endingsOf.set(person, taken);
    if (taken.size === ENDINGS)
      throw new RangeError(`person ${person} comes too often to tell the SIMs apart`);
    while (taken.has(next % ENDINGS)) next += 1;
    if (next - first >= NUMBERS) throw new RangeError('there are more visits than numbers');
    taken.add(next % ENDINGS);
    const number = `${PREFIX}${String(next % NUMBERS).padStart(7, '0')}`;
    next += 1;
    return number;
  });
}
