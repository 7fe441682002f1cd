import { describe, expect, it } from '@jest/globals';
import {
  admitAttempt,
  countFailure,
  isFailedAttempt,
  type AttemptPolicy,
  type Standing,
  type Tally,
} from './attempts.js';
import type { CaseDecision, Change } from './case-progress.js';
import type { OutcomeReason } from './reasons.js';

const now = new Date('2026-07-01T08:00:00.000Z');
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const minutesAgo = (minutes: number) => inSeconds(-60 * minutes);

const policy: AttemptPolicy = { pauseMs: 30_000, perSession: 5, perIdentity: 8, sessionIdleMs: 15 * 60_000 };
const none: Tally = { failures: 0, open: 0 };

function decided(decision: CaseDecision, ...reasons: OutcomeReason[]) {
  return {
    kind: 'decided' as const,
    decision,
    progress: { status: decision, reasons, decidedAt: now },
  } satisfies Change;
}

describe('admitAttempt (V8)', () => {
  it.each<[string, Standing, ReturnType<typeof admitAttempt>]>([
    ['a first attempt', { identity: none }, { kind: 'admitted' }],
    ['a first attempt of a new session', { identity: none, session: none }, { kind: 'admitted' }],
    [
      'one right at the end of the pause',
      { identity: { failures: 1, open: 0, nextAttemptAt: now } },
      { kind: 'admitted' },
    ],
    [
      'one during the pause of the identity',
      { identity: { failures: 1, open: 0, nextAttemptAt: inSeconds(29.2) }, session: none },
      { kind: 'too-soon', seconds: 30 },
    ],
    [
      'one during the pause of the session, under another identity',
      { identity: none, session: { failures: 1, open: 0, nextAttemptAt: inSeconds(7) } },
      { kind: 'too-soon', seconds: 7 },
    ],
    ['the last that the identity has', { identity: { failures: 7, open: 0 } }, { kind: 'admitted' }],
    ['one too many of the identity', { identity: { failures: 8, open: 0 } }, { kind: 'assistance-needed' }],
    [
      'one too many of the session',
      { identity: { failures: 5, open: 0 }, session: { failures: 5, open: 0 } },
      { kind: 'assistance-needed' },
    ],
    [
      'one too many, whose pause is not over either',
      { identity: { failures: 8, open: 0, nextAttemptAt: inSeconds(30) } },
      { kind: 'assistance-needed' },
    ],
    ['three at once of one identity', { identity: { failures: 0, open: 2 } }, { kind: 'admitted' }],
    ['one beside as many as are left', { identity: { failures: 5, open: 3 } }, { kind: 'too-many-open' }],
    [
      'one beside as many as the session has left',
      { identity: { failures: 0, open: 0 }, session: { failures: 1, open: 4 } },
      { kind: 'too-many-open' },
    ],
  ])('%s', (_, standing, expected) => {
    expect(admitAttempt(standing, policy, now)).toEqual(expected);
  });

  it.each([
    [14.99, 'admitted'],
    [15, 'session-ended'],
    [600, 'session-ended'],
  ])('a session that was last active %d minutes ago: %s (V16)', (minutes, kind) => {
    const session = { failures: 1, open: 0, lastActivityAt: minutesAgo(minutes) };
    expect(admitAttempt({ identity: none, session }, policy, now)).toEqual({ kind });
  });
});

describe('isFailedAttempt (V8)', () => {
  it.each<[boolean, Change]>([
    [true, decided('retake', 'blurred', 'too-dark')],
    [true, decided('retake', 'wrong-movement')],
    [true, decided('retake', 'unreadable')],
    [true, decided('rejected', 'face-mismatch')],
    [true, decided('rejected', 'presentation-attack', 'still-picture')],
    [true, decided('rejected', 'nik-not-found')],
    [false, decided('retake', 'capture-expired')],
    [false, decided('rejected', 'quota-cap-reached')],
    [false, decided('parked', 'registry-unavailable')],
    [false, decided('approved')],
    [false, decided('expired', 'not-decided-in-time')],
    [false, decided('cancelled')],
    [false, { kind: 'unchanged' }],
    [false, { kind: 'recorded', progress: { status: 'processing', reasons: [] } }],
  ])('is %s of %j', (expected, change) => {
    expect(isFailedAttempt(change)).toBe(expected);
  });
});

describe('countFailure (V8)', () => {
  const failure = decided('retake', 'blurred', 'too-dark', 'turned');
  const nextAttemptAt = inSeconds(30);

  it.each<[string, Standing]>([
    ['the first of an identity', { identity: { failures: 0, open: 1 } }],
    ['the last but one of an identity', { identity: { failures: 6, open: 1 } }],
    [
      'the last but one of a session',
      { identity: { failures: 3, open: 1 }, session: { failures: 3, open: 1 } },
    ],
  ])('pauses after %s', (_, before) => {
    expect(countFailure(failure, before, policy, now)).toEqual({
      ...failure,
      progress: { ...failure.progress, nextAttemptAt },
    });
  });

  it.each<[string, Standing]>([
    ['an identity', { identity: { failures: 7, open: 1 } }],
    ['a session', { identity: { failures: 4, open: 1 }, session: { failures: 4, open: 1 } }],
    [
      'an identity, in a new session',
      { identity: { failures: 7, open: 1 }, session: { failures: 0, open: 1 } },
    ],
  ])('asks for assistance at the last one of %s, and still says what failed', (_, before) => {
    expect(countFailure(failure, before, policy, now)).toEqual({
      kind: 'decided',
      decision: 'needs-assistance',
      progress: {
        status: 'needs-assistance',
        reasons: ['attempts-exhausted', 'blurred', 'too-dark', 'turned'],
        decidedAt: now,
        nextAttemptAt,
      },
    });
  });
});
