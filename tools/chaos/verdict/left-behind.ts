import { isOpen } from '../clients/client-book.js';
import type { Evidence } from '../evidence/evidence.js';
import { findingOf, type Finding } from './finding.js';

export interface Look {
  readonly atMs: number;
  readonly evidence: Pick<Evidence, 'cases' | 'imagesHeld'>;
}

/** Several times as long as a purge takes that has to be asked for again. */
const PURGED_WITHIN_MS = 15_000;

/**
 * A picture ends by itself, too, and is gone at the last look, whoever forgot it. So none may be there any more
 * some time after its case was seen to be decided. One of no case is let be until it ends: the process that put
 * it there was killed before it could say so to anybody.
 */
export function leftBehind(looks: readonly Look[]): readonly Finding[] {
  const decidedAt = new Map<string, number>();
  const left: string[] = [];
  for (const { atMs, evidence } of looks) {
    for (const { captureId, status } of evidence.cases)
      if (!isOpen(status) && !decidedAt.has(captureId)) decidedAt.set(captureId, atMs);
    left.push(...evidence.imagesHeld.filter((id) => atMs - (decidedAt.get(id) ?? atMs) >= PURGED_WITHIN_MS));
  }
  return findingOf('imagesLeft', 'captures of decided cases that nobody purged in time', left);
}
