import { describe, expect, it } from '@jest/globals';
import {
  approvedCase,
  earlier,
  exhausted,
  FACT_KINDS,
  facts,
  fresh,
  later,
  match,
  now,
  STATE_NAMES,
  states,
  step,
  type StateName,
} from '../../test/case-samples.js';
import type { Standing } from './attempts.js';
import {
  CASE_STATUSES,
  hasLostItsSlot,
  openedProgress,
  type CaseProgress,
  type CaseStatus,
  type Change,
} from './case-progress.js';
import type { Fact, FactKind } from './facts.js';
import { applyFact, TRANSITIONS } from './transitions.js';

const undecided: Partial<Record<FactKind, string>> = {
  'retake-requested': 'decided retake: blurred too-dark',
  'attack-suspected': 'decided rejected: presentation-attack',
  'face-lost': 'decided retake: capture-expired',
  mismatched: 'decided rejected: face-mismatch',
  refused: 'decided rejected: subject-deceased',
  'slot-refused': 'decided rejected: quota-cap-reached',
  'slot-released': 'decided expired: not-decided-in-time',
  matched: 'processing',
  'slot-reserved': 'processing',
  cancelled: 'decided cancelled:',
};
const timeOver = 'decided expired: not-decided-in-time';

/** What every fact makes of every state; a fact that is not listed leaves it as it is. */
const table: Record<StateName, Partial<Record<FactKind, string>>> = {
  processing: {
    ...undecided,
    parked: 'decided parked: registry-unavailable',
    overdue: 'decided retake: capture-expired',
  },
  'processing, matched': {
    ...undecided,
    matched: '-',
    'slot-reserved': 'decided approved:',
    overdue: timeOver,
  },
  'processing, slot reserved': {
    ...undecided,
    matched: 'decided approved:',
    'slot-reserved': '-',
    overdue: timeOver,
  },
  parked: { ...undecided, overdue: timeOver },
  approved: {
    activated: 'activated',
    'slot-released': 'decided expired: not-activated-in-time',
    overdue: 'decided expired: not-activated-in-time',
    cancelled: 'decided cancelled:',
  },
  'approved, reservation over': {
    'slot-released': 'decided expired: not-activated-in-time',
    overdue: 'decided expired: not-activated-in-time',
    cancelled: 'decided cancelled:',
  },
  'needs-assistance': { overdue: 'decided expired: not-assisted-in-time', cancelled: 'decided cancelled:' },
  activated: { deactivated: 'deactivated' },
  rejected: {},
  retake: {},
  expired: {},
  cancelled: {},
  deactivated: {},
};

const rows = STATE_NAMES.flatMap((state) =>
  FACT_KINDS.map((fact) => [state, fact, table[state][fact] ?? '-'] as const),
);

function summary(change: Change): string {
  if (change.kind === 'unchanged') return '-';
  if (change.kind === 'recorded') return change.progress.status;
  expect(change.progress.status).toBe(change.decision);
  return `decided ${change.decision}: ${change.progress.reasons.join(' ')}`.trim();
}

describe('applyFact', () => {
  it.each(rows)('when %s, %s → %s', (state, fact, expected) => {
    expect(summary(applyFact(states[state], facts[fact], now))).toBe(expected);
  });

  it('approves with the score of the match, the slot and the time of the later of the two', () => {
    const change = applyFact(states['processing, matched'], facts['slot-reserved'], now);
    expect(change).toEqual({
      kind: 'decided',
      decision: 'approved',
      progress: {
        status: 'approved',
        reasons: [],
        ...match,
        reservationId: 'r1',
        slotReservedAt: now,
        reservationExpiresAt: later,
        decidedAt: now,
      },
    });
  });

  it('keeps the score of a mismatch', () => {
    const change = applyFact(openedProgress, facts.mismatched, now);
    expect(change).toMatchObject({ progress: { matchScore: 0.2, decidedAt: now } });
  });

  it('forgets the parking once the registry answers', () => {
    const change = applyFact(states.parked, facts.matched, now);
    expect(change).toEqual({
      kind: 'recorded',
      progress: { status: 'processing', reasons: [], matchScore: 0.97, matchedAt: now },
    });
  });

  it('gives a parked case no time of decision', () => {
    expect(applyFact(openedProgress, facts.parked, now)).toMatchObject({
      progress: expect.not.objectContaining({ decidedAt: expect.anything() }),
    });
  });

  it('keeps the time at which an approval could first be acted on', () => {
    expect(applyFact(approvedCase, facts.overdue, now)).toMatchObject({ progress: { decidedAt: earlier } });
  });

  it.each(['approved', 'processing, slot reserved'] as const)(
    'leaves a case that is %s alone when the slot of another reservation is released',
    (state) => {
      const other: Fact = { kind: 'slot-released', reservationId: 'r2' };
      expect(applyFact(states[state], other, now)).toEqual({ kind: 'unchanged' });
    },
  );
});

describe('the declared transitions', () => {
  it('are all that happens, and all of them happen', () => {
    const seen = new Map<string, Set<CaseStatus>>();
    for (const state of STATE_NAMES) {
      for (const fact of FACT_KINDS) {
        for (const before of [fresh, exhausted]) {
          for (const variant of variantsOf(fact)) note(seen, states[state], variant, before);
        }
      }
    }
    const declared = new Map(
      CASE_STATUSES.flatMap((from) =>
        FACT_KINDS.flatMap((fact) => {
          const to = TRANSITIONS[from][fact]?.to;
          return to ? [[`${from} ${fact}`, [...to].sort()] as const] : [];
        }),
      ),
    );
    const happened = new Map([...seen].map(([key, to]) => [key, [...to].sort()]));
    expect(new Map([...happened].sort())).toEqual(new Map([...declared].sort()));
  });

  function note(
    seen: Map<string, Set<CaseStatus>>,
    progress: CaseProgress,
    fact: Fact,
    before: Standing,
  ): void {
    const change = step(progress, fact, before);
    if (change.kind === 'unchanged') return;
    const key = `${progress.status} ${fact.kind}`;
    seen.set(key, (seen.get(key) ?? new Set()).add(change.progress.status));
  }

  /** A face may also be lost through a fault of its own. */
  function variantsOf(fact: FactKind): readonly Fact[] {
    return fact === 'face-lost' ? [facts[fact], { kind: fact, reasons: ['no-face'] }] : [facts[fact]];
  }
});

describe('hasLostItsSlot', () => {
  it.each([
    ['approved', false],
    ['approved, reservation over', true],
    ['expired', true],
    ['processing, slot reserved', false],
    ['rejected', false],
    ['activated', false],
  ] as const)('when %s: %s', (state, expected) => {
    expect(hasLostItsSlot(states[state], now)).toBe(expected);
  });

  it('is so from the instant on at which the reservation ends', () => {
    const justBefore = new Date(later.getTime() - 1);
    expect([justBefore, later].map((at) => hasLostItsSlot(approvedCase, at))).toEqual([false, true]);
  });
});

describe('an attack that a burst showed (V5)', () => {
  it('is named beside what every attack is called', () => {
    const fact: Fact = { kind: 'attack-suspected', suspicion: 'another-person' };
    expect(applyFact(openedProgress, fact, now)).toMatchObject({
      decision: 'rejected',
      progress: { status: 'rejected', reasons: ['presentation-attack', 'another-person'] },
    });
  });
});
