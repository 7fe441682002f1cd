import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  exhausted,
  facts,
  fresh,
  later,
  now,
  STATE_NAMES,
  states,
  step,
  type StateName,
} from '../../test/case-samples.js';
import type { CaseDecision } from './case-progress.js';
import { outstandingOf, dueAt, type Outstanding } from './deadlines.js';
import type { Fact } from './facts.js';
import { moveTo, openCase, type Admission, type VerificationCase } from './verification-case.js';

const limits = { recognitionMs: 300_000, slotMs: 120_000, assistanceMs: 72 * 3_600_000 };
const decideBy = new Date('2026-07-04T08:00:00.000Z');

/** What each state waits for, and until when if it began now; a state that is not listed may last for ever. */
const waits: Partial<Record<StateName, readonly [Outstanding, string]>> = {
  processing: ['recognition', '2026-07-01T08:05:01.000Z'],
  'processing, matched': ['slot', '2026-07-01T08:02:01.000Z'],
  'processing, slot reserved': ['slot', '2026-07-01T08:02:01.000Z'],
  parked: ['registry', decideBy.toISOString()],
  approved: ['activation', later.toISOString()],
  'approved, reservation over': ['activation', now.toISOString()],
  'needs-assistance': ['assistance', '2026-07-04T08:00:01.000Z'],
};

describe('the time limit of what a case waits for (V8, V9)', () => {
  it.each(STATE_NAMES)('when %s', (state) => {
    const [awaited, due] = waits[state] ?? [];
    expect(outstandingOf(states[state])).toBe(awaited);
    expect(dueAt(states[state], decideBy, limits, now)?.toISOString()).toBe(due);
  });
});

const received = Date.parse('2026-07-01T08:00:00.000Z');
const reservedUntil = received + 1_800_000;
const admission = { receivedAt: new Date(received), decideBy } as Admission;

interface Event {
  readonly at: number;
  readonly fact: Fact;
}

/** One time that a case waited for something; `until` is when it went on, or was given up. */
interface Wait {
  readonly awaited: Outstanding;
  readonly from: number;
  readonly until: number;
  readonly due: number;
  readonly then: VerificationCase;
}

/** Facts at any times, and a sweep that misses no deadline. */
function live(events: readonly Event[], before = fresh): readonly Wait[] {
  const waits: Wait[] = [];
  let current = openCase(admission, limits);
  let from = received;
  const take = (fact: Fact, at: number) => {
    const change = step(current.progress, fact, before, new Date(at));
    if (change.kind === 'unchanged') return;
    const awaited = outstandingOf(current.progress);
    const due = current.dueAt?.getTime();
    const then = moveTo(current, change.progress, limits, new Date(at));
    const goesOn = outstandingOf(then.progress) === awaited;
    current = then;
    if (goesOn || !awaited || due === undefined) return;
    waits.push({ awaited, from, until: at, due, then });
    from = at;
  };
  const sweep = (at: number) => {
    while (current.dueAt && current.dueAt.getTime() <= at) take(facts.overdue, current.dueAt.getTime());
  };
  for (const { at, fact } of [...events].sort((one, other) => one.at - other.at)) {
    sweep(at);
    take(fact, at);
  }
  sweep(Number.MAX_SAFE_INTEGER);
  return waits;
}

/** What others say; the clock speaks for itself. */
const said = Object.values(facts).filter(({ kind }) => kind !== 'overdue');
/** Often what leaves a case open, or few lives would be long. */
const anyFact = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Fact>(facts.matched, facts['slot-reserved'], facts.parked) },
  { weight: 1, arbitrary: fc.constantFrom<Fact>(...said) },
);
/** Around deadlines, where it matters, and anywhere in four days. */
const moment = fc.oneof(
  fc.constantFrom(-1, 0, 1).map((offset) => limits.recognitionMs + offset),
  fc.integer({ min: 0, max: 600_000 }),
  fc.integer({ min: 0, max: 4 * 24 * 3_600_000 }),
);
const event = fc.record({ at: moment.map((after) => received + after), fact: anyFact });
const RUNS = { numRuns: 500 };
const lives = fc
  .tuple(fc.array(event, { maxLength: 14 }), fc.constantFrom(fresh, exhausted))
  .map(([events, before]) => live(events, before));

describe('a life in which time and facts race', () => {
  it('ends in a status that needs no deadline, whatever is said and left unsaid', () => {
    fc.assert(
      fc.property(lives, (waits) => {
        const last = waits.at(-1)!.then;
        expect(last.dueAt).toBeUndefined();
        expect(outstandingOf(last.progress)).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('waits for each thing once, never longer than its limit, and no repetition prolongs it', () => {
    fc.assert(
      fc.property(lives, (waits) => {
        const awaited = waits.map((wait) => wait.awaited);
        expect(new Set(awaited).size).toBe(awaited.length);
        for (const { awaited, from, until, due } of waits) {
          expect(due).toBe(limitOf(awaited, from));
          expect(until).toBeLessThanOrEqual(Math.max(due, from));
        }
      }),
      RUNS,
    );
  });

  it('asks nobody for another picture by the clock who was recognised', () => {
    fc.assert(
      fc.property(lives, (waits) => {
        for (const { awaited, until, due, then } of waits) {
          if (until >= due) expect(then.progress.status).toBe(GIVEN_UP[awaited]);
        }
      }),
      RUNS,
    );
  });

  it('gives a match that comes at the last instant the whole limit of its slot', () => {
    const at = received + limits.recognitionMs - 1;
    const [recognition, slot] = live([{ at, fact: facts.matched }]);
    expect([recognition!.until, slot!.due]).toEqual([at, at + limits.slotMs]);
    expect(slot!.then.progress).toMatchObject({ status: 'expired', reasons: ['not-decided-in-time'] });
  });

  it('ignores the match that comes with the deadline or after it', () => {
    for (const late of [0, 1]) {
      const waits = live([
        { at: received + limits.recognitionMs + late, fact: facts.matched },
        { at: received + limits.recognitionMs + late + 1, fact: facts['slot-reserved'] },
      ]);
      expect(waits.map(({ then }) => then.progress.status)).toEqual(['retake']);
    }
  });
});

/** What the clock makes of a case, by what it waited for in vain. */
const GIVEN_UP: Readonly<Record<Outstanding, CaseDecision>> = {
  recognition: 'retake',
  slot: 'expired',
  registry: 'expired',
  activation: 'expired',
  assistance: 'expired',
};

function limitOf(awaited: Outstanding, from: number): number {
  switch (awaited) {
    case 'recognition':
      return from + limits.recognitionMs;
    case 'slot':
      return from + limits.slotMs;
    case 'registry':
      return decideBy.getTime();
    case 'activation':
      return reservedUntil;
    case 'assistance':
      return from + limits.assistanceMs;
  }
}
