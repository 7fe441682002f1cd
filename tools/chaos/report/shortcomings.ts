import { NEVER_TAKEN } from '../verdict/compare-events.js';
import type { ChaosResult } from './result.js';
import { faultLine } from './table.js';

/** `loss`: what the broker loses stays lost. `cap`: the ledger lets everybody have more than three. */
export type Control = 'loss' | 'cap';

type Judged = Pick<ChaosResult, 'findings' | 'overCap' | 'byStatus' | 'refusedByCap' | 'faults'>;

/** Why a run is no success, in words; nothing when it is one. */
export function shortcomingsOf(control: Control | undefined, result: Judged): readonly string[] {
  if (control === undefined) return [...found(result), ...idle(result)];
  return hasNoticed(control, result) ? [] : [`the control for ${control} found nothing of the kind`];
}

/** Of the events only: whatever is merely slow makes a case look lost. */
function hasNoticed(control: Control, { findings, overCap }: Judged): boolean {
  if (control === 'cap') return overCap > 0;
  return findings.some(({ what }) => what === NEVER_TAKEN);
}

function found({ findings }: Judged): readonly string[] {
  return findings.map(({ kind, what, ids }) => `${kind}: ${ids.length} ${what}`);
}

/** A platform that does nothing loses nothing. */
function idle({ byStatus, refusedByCap, faults }: Judged): readonly string[] {
  const neverAgain = faults.filter(({ recoverySeconds }) => recoverySeconds === undefined);
  return [
    ...(byStatus['activated'] ? [] : ['nobody got a SIM']),
    ...(refusedByCap > 0 ? [] : ['nobody was refused for having three']),
    ...neverAgain.map(({ fault }) => `nobody was decided about after: ${faultLine(fault)}`),
  ];
}
