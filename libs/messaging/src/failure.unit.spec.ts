import { describe, expect, it } from '@jest/globals';
import { ServiceError, type ErrorKind } from '@absah/domain-kit';
import { judgeFailure } from './failure.js';

const MAX_DELIVERIES = 4;

function failed(kind: ErrorKind): ServiceError {
  return new ServiceError(kind, 'TEST.FAILED', 'it failed');
}

describe('judgeFailure', () => {
  it.each(['invalid', 'denied'] as const)('buries %s at once', (kind) => {
    const verdict = judgeFailure(failed(kind), 1, MAX_DELIVERIES);
    expect(verdict).toEqual({ kind: 'bury', code: 'TEST.FAILED', reason: 'it failed' });
  });

  it.each(['missing', 'conflict', 'internal'] as const)(
    'tries %s again, later each time, until the last try',
    (kind) => {
      const verdicts = [1, 2, 3, 4].map((count) => judgeFailure(failed(kind), count, MAX_DELIVERIES));
      expect(verdicts).toEqual([
        { kind: 'retry', delayMs: 200 },
        { kind: 'retry', delayMs: 600 },
        { kind: 'retry', delayMs: 1_800 },
        { kind: 'bury', code: 'TEST.FAILED', reason: 'it failed' },
      ]);
    },
  );

  it('is more patient with an outage of somebody else', () => {
    const kinds = [MAX_DELIVERIES, 3 * MAX_DELIVERIES].map(
      (count) => judgeFailure(failed('unavailable'), count, MAX_DELIVERIES).kind,
    );
    expect(kinds).toEqual(['retry', 'bury']);
  });

  it('waits no longer than half a minute', () => {
    expect(judgeFailure(failed('unavailable'), 50, 100)).toEqual({ kind: 'retry', delayMs: 30_000 });
  });

  it.each([
    ['an error', new TypeError('value 9999015508900001'), 'TypeError'],
    ['a text', 'value 9999015508900001', 'string'],
    ['nothing', undefined, 'undefined'],
  ])('keeps the words of %s to itself', (_, thrown, name) => {
    const verdict = judgeFailure(thrown, MAX_DELIVERIES, MAX_DELIVERIES);
    expect(verdict).toEqual({
      kind: 'bury',
      code: 'MESSAGING.HANDLER_FAILED',
      reason: `handler failed with ${name}`,
    });
  });
});
