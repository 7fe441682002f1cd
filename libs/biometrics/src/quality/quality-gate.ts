import type { FaceMeasures } from './face-measures.js';
import type { QualityDemand, QualityThresholds } from './quality-demands.js';
import { qualityDemands } from './quality-demands.js';
import type { QualityReason } from './quality-reason.js';

export type QualityVerdict =
  { readonly kind: 'ok' } | { readonly kind: 'retake'; readonly reasons: readonly QualityReason[] };

// More than a person can mend at once is no help.
const MAX_REASONS = 3;

export function assessQuality(measures: FaceMeasures, limits: QualityThresholds): QualityVerdict {
  const unmet = qualityDemands.filter((demand) => !isMet(demand, measures, limits));
  const named = new Set(unmet.map(({ reason }) => reason));
  const reasons = unmet
    .filter(({ unless }) => !unless.some((reason) => named.has(reason)))
    .map(({ reason }) => reason);
  if (reasons.length === 0) return { kind: 'ok' };
  return { kind: 'retake', reasons: [...new Set(reasons)].slice(0, MAX_REASONS) };
}

/** Says what must hold, so that a measure which is not a number fails. */
function isMet({ value, limit }: QualityDemand, measures: FaceMeasures, limits: QualityThresholds): boolean {
  if ('max' in limit) return value(measures) <= limits[limit.max];
  return value(measures) >= (limit.min === 1 ? 1 : limits[limit.min]);
}
