import type { Evidence } from '../evidence/evidence.js';
import { goodEvidence } from './evidence-sample.js';
import { judge } from './verdict.js';

export type Spoil = (good: Evidence) => Partial<Evidence>;

/** What is found in a run that differs from a good one in this. */
export function found(spoil: Spoil): readonly string[] {
  const good = goodEvidence();
  return judge({ ...good, ...spoil(good) }).map(
    ({ kind, what, ids }) => `${kind}: ${what}: ${ids.join(', ')}`,
  );
}
