import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  applyFact,
  hasLostItsSlot,
  openedProgress,
  type CaseProgress,
  type Change,
} from './case-progress.js';
import type { Fact } from './facts.js';

const earlier = new Date('2026-07-01T08:00:00.000Z');
const now = new Date('2026-07-01T08:00:01.000Z');
const later = new Date('2026-07-01T08:30:00.000Z');

const facts = {
  'retake-requested': { kind: 'retake-requested', reasons: ['blurred', 'too-dark'] },
  'attack-suspected': { kind: 'attack-suspected' },
  'face-lost': { kind: 'face-lost', reasons: ['capture-expired'] },
  mismatched: { kind: 'mismatched', matchScore: 0.2 },
  refused: { kind: 'refused', reason: 'subject-deceased' },
  parked: { kind: 'parked' },
  matched: { kind: 'matched', matchScore: 0.97 },
  'slot-reserved': { kind: 'slot-reserved', reservationId: 'r1', expiresAt: later },
  'slot-refused': { kind: 'slot-refused' },
  'slot-released': { kind: 'slot-released', reservationId: 'r1' },
  activated: { kind: 'activated' },
  'timed-out': { kind: 'timed-out' },
} as const satisfies { [Kind in Fact['kind']]: Extract<Fact, { kind: Kind }> };
type FactKind = keyof typeof facts;

const match = { matchScore: 0.97, matchedAt: earlier };
const slot = { reservationId: 'r1', slotReservedAt: earlier, reservationExpiresAt: later };
const approvedCase: CaseProgress = {
  status: 'approved',
  reasons: [],
  ...match,
  ...slot,
  decidedAt: earlier,
};

const states = {
  processing: openedProgress,
  'processing, matched': { ...openedProgress, ...match },
  'processing, slot reserved': { ...openedProgress, ...slot },
  parked: { status: 'parked', reasons: ['registry-unavailable'] },
  approved: approvedCase,
  'approved, reservation over': { ...approvedCase, reservationExpiresAt: now },
  rejected: { status: 'rejected', reasons: ['face-mismatch'], matchScore: 0.1, decidedAt: earlier },
  retake: { status: 'retake', reasons: ['blurred'], decidedAt: earlier },
  activated: { ...approvedCase, status: 'activated', activatedAt: earlier },
  expired: { ...approvedCase, status: 'expired' },
} as const satisfies Record<string, CaseProgress>;
type StateName = keyof typeof states;

const retake = 'decided retake: blurred too-dark';
const lost = 'decided retake: capture-expired';
const attack = 'decided rejected: presentation-attack';
const mismatch = 'decided rejected: face-mismatch';
const deceased = 'decided rejected: subject-deceased';
const noSlot = 'decided rejected: quota-cap-reached';
const approval = 'decided approved:';
const parking = 'decided parked: registry-unavailable';

/** Facts in the order of `facts`. */
const table: Record<StateName, readonly string[]> = {
  processing: [
    retake,
    attack,
    lost,
    mismatch,
    deceased,
    parking,
    'processing',
    'processing',
    noSlot,
    'expired',
    '-',
    lost,
  ],
  'processing, matched': [
    retake,
    attack,
    lost,
    mismatch,
    deceased,
    '-',
    '-',
    approval,
    noSlot,
    'expired',
    '-',
    lost,
  ],
  'processing, slot reserved': [
    retake,
    attack,
    lost,
    mismatch,
    deceased,
    '-',
    approval,
    '-',
    noSlot,
    'expired',
    '-',
    lost,
  ],
  parked: [
    retake,
    attack,
    lost,
    mismatch,
    deceased,
    '-',
    'processing',
    'processing',
    noSlot,
    'expired',
    '-',
    '-',
  ],
  approved: ['-', '-', '-', '-', '-', '-', '-', '-', '-', 'expired', 'activated', '-'],
  'approved, reservation over': ['-', '-', '-', '-', '-', '-', '-', '-', '-', 'expired', '-', '-'],
  rejected: Array(12).fill('-'),
  retake: Array(12).fill('-'),
  activated: Array(12).fill('-'),
  expired: Array(12).fill('-'),
};

const rows = (Object.keys(states) as StateName[]).flatMap((state) =>
  (Object.keys(facts) as FactKind[]).map((fact, column) => [state, fact, table[state][column]!] as const),
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

  it.each(['approved', 'processing, slot reserved'] as const)(
    'leaves a case that is %s alone when the slot of another reservation is released',
    (state) => {
      const other: Fact = { kind: 'slot-released', reservationId: 'r2' };
      expect(applyFact(states[state], other, now)).toEqual({ kind: 'unchanged' });
    },
  );
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

describe('any order of facts', () => {
  const anyFacts = fc.array(fc.constantFrom<Fact>(...Object.values(facts)), { maxLength: 14 });

  function run(sequence: readonly Fact[]) {
    const decisions: string[] = [];
    let progress: CaseProgress = openedProgress;
    for (const fact of sequence) {
      const change = applyFact(progress, fact, now);
      if (change.kind === 'decided') decisions.push(change.decision);
      if (change.kind !== 'unchanged') progress = change.progress;
    }
    return { progress, decisions };
  }

  it('never approves without both a match and a slot', () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        const { decisions } = run(sequence);
        const kinds = sequence.map((fact) => fact.kind);
        const complete = kinds.includes('matched') && kinds.includes('slot-reserved');
        return complete || !decisions.includes('approved');
      }),
    );
  });

  it('decides at most once, apart from one parking before', () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        const { decisions } = run(sequence);
        return /^(parked,?)?(approved|rejected|retake)?$/.test(decisions.join(','));
      }),
    );
  });

  it('is the same when every fact arrives twice', () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        const twice = sequence.flatMap((fact) => [fact, fact]);
        expect(run(twice)).toEqual(run(sequence));
      }),
    );
  });

  it('approves whichever of match and slot comes first', () => {
    const forward = run([facts.matched, facts['slot-reserved']]);
    const backward = run([facts['slot-reserved'], facts.matched]);
    expect(backward).toEqual(forward);
    expect(forward.decisions).toEqual(['approved']);
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
