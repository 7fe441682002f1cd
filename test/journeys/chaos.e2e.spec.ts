import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePlan } from '../../tools/chaos/plan/make-plan.js';
import type { ChaosPlan, PlannedVisit } from '../../tools/chaos/plan/plan.js';
import type { ChaosResult } from '../../tools/chaos/report/result.js';
import { shortcomingsOf } from '../../tools/chaos/report/shortcomings.js';
import { runChaos } from '../../tools/chaos/run-chaos.js';
import { makeTemporaryData, removeTemporaryData } from '../../tools/laptop/temporary-data.js';

const RUN_MS = 240_000;
/** Nobody else of the plan. */
const INSATIABLE = 1_000;

const calm = makePlan({ seed: 4, rounds: 0, rate: 1.5, faultEveryMs: 1 });

/** Somebody who wants five SIMs once the worst is over: before, a picture may have been lost. */
const insatiable = [12, 13, 14, 15, 15.5].map((atSeconds): PlannedVisit => {
  return { atMs: atSeconds * 1_000, kind: 'fourth-sim', person: INSATIABLE, waits: false };
});

/** A quarter of a minute of visits; `npm run chaos` kills everything, for minutes. */
const plan: ChaosPlan = {
  ...calm,
  visits: [...calm.visits, ...insatiable].toSorted((one, other) => one.atMs - other.atMs),
  faults: [
    { atMs: 2_000, fault: { kind: 'kill', part: 'liveness', downMs: 300 } },
    { atMs: 6_000, fault: { kind: 'lose-store', part: 'nats', behind: ['audit'], downMs: 300 } },
  ],
};

let dataDir: string;
let result: ChaosResult;

beforeAll(async () => {
  dataDir = await makeTemporaryData('journey');
  result = await runChaos(plan, { dataDir, environment: {}, patienceMs: 90_000, tell: () => undefined });
}, RUN_MS);
afterAll(() => removeTemporaryData(dataDir));

describe('a service killed, and the broker with everything that it stored', () => {
  it('nothing is lost, nothing is double, no cap is passed (V9, Q1, B2)', () => {
    expect(result.findings).toEqual([]);
    expect(result.faults).toHaveLength(2);
  });

  it('people were registered meanwhile, and one of them was refused a fourth SIM (Q1)', () => {
    expect(shortcomingsOf(undefined, result)).toEqual([]);
    expect(result.byStatus['activated']).toBeGreaterThan(0);
    expect(result.refusedByCap).toBeGreaterThan(0);
  });
});
