import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeReservation, type ReservationTry } from './reservation.js';

const expiresAt = new Date('2026-07-01T00:30:00.000Z');
const nothingTaken: ReservationTry = { cap: 3, held: [], taken: undefined, answeredBefore: false };

const anyTry: fc.Arbitrary<ReservationTry> = fc.integer({ min: 1, max: 5 }).chain((cap) =>
  fc.record({
    cap: fc.constant(cap),
    held: fc.uniqueArray(fc.integer({ min: 1, max: cap }), { maxLength: cap }),
    taken: fc.option(
      fc.record({ slotNumber: fc.integer({ min: 1, max: cap }), expiresAt: fc.constant(expiresAt) }),
      {
        nil: undefined,
      },
    ),
    answeredBefore: fc.boolean(),
  }),
);

describe('judgeReservation', () => {
  it('Q1 refuses when every slot was held', () => {
    expect(judgeReservation({ ...nothingTaken, held: [1, 2, 3] })).toEqual({ kind: 'refused', cap: 3 });
  });

  it('Q1 refuses when a lowered cap is exceeded by older holdings', () => {
    expect(judgeReservation({ ...nothingTaken, cap: 1, held: [1, 2, 3] })).toEqual({
      kind: 'refused',
      cap: 1,
    });
  });

  it('Q1 looks again when one slot was free but somebody else took it', () => {
    expect(judgeReservation({ ...nothingTaken, held: [1, 2] })).toEqual({ kind: 'overtaken' });
  });

  it('Q2 reports the slot that was taken and until when', () => {
    const taken = { slotNumber: 3, expiresAt };
    expect(judgeReservation({ ...nothingTaken, held: [1, 2], taken })).toEqual({
      kind: 'reserved',
      slotNumber: 3,
      expiresAt,
    });
  });

  it('Q2 does not answer a request a second time, even when a slot is free', () => {
    expect(judgeReservation({ ...nothingTaken, answeredBefore: true })).toEqual({ kind: 'answered-before' });
  });

  it('Q1 never refuses while a slot is free, and never grants what was not taken', () => {
    fc.assert(
      fc.property(anyTry, (attempt) => {
        const { kind } = judgeReservation(attempt);
        if (kind === 'refused') expect(attempt.held).toHaveLength(attempt.cap);
        expect(kind === 'reserved').toBe(attempt.taken !== undefined && !attempt.answeredBefore);
      }),
    );
  });
});
