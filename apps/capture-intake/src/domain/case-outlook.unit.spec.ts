import { describe, expect, it } from '@jest/globals';
import { applyFact } from './transitions.js';
import { outlookOf } from './case-outlook.js';
import { CASE_STATUSES, openedProgress } from './case-progress.js';

const at = new Date('2026-07-01T00:00:00.000Z');
const later = new Date('2026-07-01T00:30:00.000Z');

describe('outlookOf', () => {
  it.each([
    ['activated', 'activated'],
    ['rejected', 'over'],
    ['retake', 'over'],
    ['expired', 'over'],
    ['cancelled', 'over'],
    ['needs-assistance', 'over'],
    ['deactivated', 'activated'],
    ['processing', 'open'],
    ['parked', 'open'],
    ['approved', 'open'],
  ] as const)('Q1 says of a case that is %s that it is %s', (status, outlook) => {
    expect(outlookOf(status)).toBe(outlook);
  });

  it.each(CASE_STATUSES.filter((status) => outlookOf(status) === 'over'))(
    'Q1 a case that is %s can never be activated, whatever its reservation says',
    (status) => {
      const progress = { ...openedProgress, status, reservationExpiresAt: later };
      expect(applyFact(progress, { kind: 'activated' }, at)).toEqual({ kind: 'unchanged' });
    },
  );
});
