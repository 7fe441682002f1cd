import { describe, expect, it } from '@jest/globals';
import type { Window } from './bench-outage.js';
import type { Timed } from './load.js';
import { noticedAfterMs, rhythmFor, type Kind } from './rhythm.js';
import { summarise } from './summary.js';

const at = (sentAtMs: number, ms: number): Timed => ({ sentAtMs, ms, outcome: 'any' });

function window(hanging: boolean, ms: number, newCases: readonly Timed[]): Window {
  const others = [at(0, ms), at(1_000, ms)];
  const timed: Readonly<Record<Kind, readonly Timed[]>> = {
    read: others,
    activation: others,
    retake: [...others, at(2_000, ms * 10)],
    'new case': newCases,
  };
  return { hanging, noticedAfterMs: noticedAfterMs(rhythmFor(1)), timed, drainedAfterMs: ms };
}

describe('V9 the summary of an outage', () => {
  const summary = summarise([
    window(false, 10, [at(0, 500)]),
    window(true, 12, [at(0, 2_600), at(5_900, 2_500), at(6_100, 300)]),
    window(true, 11, [at(9_000, 200)]),
    window(false, 10, [at(0, 500)]),
  ]);

  it('compares what the registry has no part in, over all windows', () => {
    expect(summary.others.p99Ratio).toBeCloseTo(1.2);
    expect(summary.kinds.read).toMatchObject({ answering: { p99: 10 }, hanging: { p99: 12 } });
    expect(summary.kinds.retake).toMatchObject({ answering: { p99: 100 }, hanging: { p99: 120 } });
  });

  it('tells the first new cases from the later ones, of outages alone', () => {
    expect(summary.parked).toBe(4);
    expect(summary.toldParkedMs.first).toMatchObject({ p50: 2_500, p99: 2_600 });
    expect(summary.toldParkedMs.later).toMatchObject({ p50: 200, p99: 300 });
  });

  it('says how long the slowest drain took', () => {
    expect(summary.drainedAfterMs).toBe(12);
  });
});
