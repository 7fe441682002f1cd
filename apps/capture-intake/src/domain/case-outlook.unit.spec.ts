import { describe, expect, it } from '@jest/globals';
import { outlookOf } from './case-outlook.js';
import { CASE_STATUSES, type CaseStatus } from './case-progress.js';
import { TRANSITIONS } from './transitions.js';

/** Every status that a case may still come to, by the table of legal transitions. */
function ahead(from: CaseStatus): ReadonlySet<CaseStatus> {
  const seen = new Set<CaseStatus>([from]);
  // Grows while it is gone through.
  for (const status of seen) {
    for (const { to } of Object.values(TRANSITIONS[status])) for (const next of to) seen.add(next);
  }
  return seen;
}

describe('outlookOf', () => {
  it.each(CASE_STATUSES)(
    'Q1 calls a case over, when it is %s, only if no fact can ever activate it',
    (status) => {
      const wasActivated = status === 'activated' || status === 'deactivated';
      const canBe = ahead(status).has('activated');
      expect(outlookOf(status)).toBe(wasActivated ? 'activated' : canBe ? 'open' : 'over');
    },
  );
});
