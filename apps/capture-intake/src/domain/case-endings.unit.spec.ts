import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exhausted, facts, fresh, now, STATE_NAMES, states, step } from '../../test/case-samples.js';
import { openedProgress, type CaseProgress } from './case-progress.js';
import { dueAt } from './deadlines.js';
import type { Fact } from './facts.js';
import { applyFact, TRANSITIONS } from './transitions.js';

const limits = { recognitionMs: 300_000, slotMs: 120_000, assistanceMs: 72 * 3_600_000 };
const decideBy = new Date('2026-07-04T08:00:00.000Z');

describe('time (V8, V9)', () => {
  it('gives a deadline to exactly those statuses that the clock can move on', () => {
    const withDeadline = STATE_NAMES.filter((state) => dueAt(states[state], decideBy, limits, now));
    const movedByTime = STATE_NAMES.filter((state) => TRANSITIONS[states[state].status].overdue);
    expect(withDeadline).toEqual(movedByTime);
  });

  it('alone brings every case to its end, wherever it stands', () => {
    for (const state of STATE_NAMES) {
      if (!TRANSITIONS[states[state].status].overdue) continue;
      const change = applyFact(states[state], facts.overdue, now);
      expect(change.kind).toBe('decided');
      if (change.kind === 'decided') expect(dueAt(change.progress, decideBy, limits, now)).toBeUndefined();
    }
  });
});

describe('any order of facts', () => {
  const anyFacts = fc.array(fc.constantFrom<Fact>(...Object.values(facts)), { maxLength: 14 });

  function run(sequence: readonly Fact[], before = fresh) {
    const told: string[] = [];
    let progress: CaseProgress = openedProgress;
    for (const fact of sequence) {
      const change = step(progress, fact, before);
      if (change.kind === 'decided') told.push(change.decision);
      if (change.kind !== 'unchanged') progress = change.progress;
      if (change.kind === 'recorded' && progress.status === 'activated') told.push('activated');
    }
    return { progress, told };
  }

  it('never approves without both a match and a slot (V9)', () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        const { told } = run(sequence);
        const kinds = sequence.map((fact) => fact.kind);
        const complete = kinds.includes('matched') && kinds.includes('slot-reserved');
        return complete || !told.includes('approved');
      }),
    );
  });

  it('ends a case once: with an active SIM, or told that there will be none (Q1)', () => {
    const endings = /^(parked,?)?(approved,)?(approved|activated|rejected|retake|expired|cancelled)?$/;
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        const told = run(sequence).told.join(',');
        expect(told).toMatch(endings);
      }),
    );
  });

  it('leads to an end once nothing but time goes on', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(fresh, exhausted), (sequence, before) => {
        const { progress } = run([...sequence, facts.overdue], before);
        expect(dueAt(progress, decideBy, limits, now)).toBeUndefined();
      }),
    );
  });

  it('is the same when every fact arrives twice', () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        const twice = sequence.flatMap((fact) => [fact, fact]);
        // Time that passes twice is no repetition.
        fc.pre(!sequence.some(({ kind }) => kind === 'overdue'));
        expect(run(twice)).toEqual(run(sequence));
      }),
    );
  });

  it('approves whichever of match and slot comes first', () => {
    const forward = run([facts.matched, facts['slot-reserved']]);
    const backward = run([facts['slot-reserved'], facts.matched]);
    expect(backward).toEqual(forward);
    expect(forward.told).toEqual(['approved']);
  });
});
