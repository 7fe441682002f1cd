import { describe, expect, it } from '@jest/globals';
import { makePlan } from './make-plan.js';
import { ALL_SERVICES, chaosPlan } from './plan.js';
import { SHARES, VISIT_KINDS } from './visit-kinds.js';

const options = { seed: 7, rounds: 2, rate: 4, faultEveryMs: 7_000 };

describe('makePlan', () => {
  it('makes the same plan of the same seed, and another one of another', () => {
    expect(makePlan(options)).toEqual(makePlan(options));
    expect(makePlan({ ...options, seed: 8 })).not.toEqual(makePlan(options));
  });

  it('kills every service, the broker and the database server in each round', () => {
    const { faults } = makePlan(options);
    for (const part of [...ALL_SERVICES, 'nats', 'postgres'])
      expect(faults.filter(({ fault }) => fault.kind === 'kill' && fault.part === part)).toHaveLength(2);
  });

  it('loses the store, pauses broker and database server, and cuts the registry off in each round', () => {
    const { faults } = makePlan(options);
    const count = (kind: string, part: string) =>
      faults.filter(({ fault }) => fault.kind === kind && fault.part === part).length;
    expect(count('lose-store', 'nats')).toBe(2);
    expect(count('pause', 'nats')).toBeGreaterThanOrEqual(2);
    expect(count('pause', 'postgres')).toBeGreaterThanOrEqual(2);
    expect([count('hang', 'dukcapil-sandbox'), count('refuse', 'dukcapil-sandbox')]).toEqual([2, 2]);
  });

  it('faults follow one another while visits come', () => {
    const { faults, visits } = makePlan(options);
    const times = faults.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(visits[0]!.atMs).toBeLessThan(times[0]!);
    expect(visits.at(-1)!.atMs).toBeGreaterThan(times.at(-1)!);
  });

  it('visits come at the rate, of every kind by its share, and some people come for a fourth SIM (Q1)', () => {
    const { visits } = makePlan({ ...options, rounds: 20 });
    const seconds = visits.at(-1)!.atMs / 1000;
    expect(visits.length / seconds).toBeCloseTo(4, 0);
    for (const kind of VISIT_KINDS) {
      const share = visits.filter((visit) => visit.kind === kind).length / visits.length;
      expect(share * 100).toBeGreaterThan(SHARES[kind] * 0.7);
      expect(share * 100).toBeLessThan(SHARES[kind] * 1.3);
    }
    const comings = Map.groupBy(visits, ({ person }) => person);
    expect([...comings.values()].filter((all) => all.length > 3).length).toBeGreaterThan(10);
  });

  it('can be kept in a file and read again', () => {
    const plan = makePlan(options);
    expect(chaosPlan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });
});
