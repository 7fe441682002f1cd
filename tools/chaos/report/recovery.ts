import type { ToldRequest } from '../clients/client-book.js';
import type { InflictedFault } from '../faults/inflict.js';

/** From the fault to the first decision about somebody who came after it; undefined when there was none. */
export function recoverySeconds(
  { atMs }: Pick<InflictedFault, 'atMs'>,
  requests: readonly Pick<ToldRequest, 'atMs' | 'decidedMs'>[],
): number | undefined {
  const decisions = requests
    .filter((request) => request.atMs >= atMs)
    .flatMap(({ decidedMs }) => decidedMs ?? []);
  return decisions.length === 0 ? undefined : (Math.min(...decisions) - atMs) / 1000;
}
