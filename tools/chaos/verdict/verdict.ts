import type { Evidence } from '../evidence/evidence.js';
import { compareAccesses, compareApprovals, comparePromises, compareRequests } from './compare-cases.js';
import { compareAudit, compareDeliveries, compareEffects } from './compare-events.js';
import { compareCaps, compareFeedback, compareLedger } from './compare-ledger.js';
import { compareRefusals } from './compare-refusals.js';
import { findingOf, type Finding } from './finding.js';

/** Q1, and the default of the ledger: three SIMs of a person. */
export const CAP_PER_PERSON = 3;

/** Everything that may not be, by whoever's records show it. Nothing, when all is as it must be. */
export function judge(evidence: Evidence): readonly Finding[] {
  return [
    ...comparePromises(evidence),
    ...compareRequests(evidence),
    ...compareRefusals(evidence),
    ...compareApprovals(evidence),
    ...compareAccesses(evidence),
    ...compareLedger(evidence),
    ...compareCaps(evidence, CAP_PER_PERSON),
    ...compareFeedback(evidence),
    ...compareDeliveries(evidence),
    ...compareAudit(evidence),
    ...compareEffects(evidence),
    ...compareImages(evidence),
  ];
}

function compareImages({ imagesHeld, purgesDue }: Evidence): readonly Finding[] {
  return [
    ...findingOf('imagesLeft', 'captures with a picture in the broker', imagesHeld),
    ...findingOf('imagesLeft', 'captures whose purge nobody confirmed', purgesDue),
  ];
}
