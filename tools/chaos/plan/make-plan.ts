import { Random } from '../../seed/random.js';
import { ALL_SERVICES, type ChaosPlan, type Fault, type PlannedFault, type PlannedVisit } from './plan.js';
import { SHARES, VISIT_KINDS, type VisitKind } from './visit-kinds.js';

export interface PlanOptions {
  readonly seed: number;
  /** How often everything is killed in turn. */
  readonly rounds: number;
  /** Visits per second, come what may. */
  readonly rate: number;
  /** From one fault to the next, on average. */
  readonly faultEveryMs: number;
}

/** Before the first fault, to see that it works; after the last, to see that it works again. */
export const CALM_MS = 8_000;
/** A slow machine takes longer to start again what was killed, and people come meanwhile. */
const VISITS_FOR_LONGER = 3;
/** So that most of those who come again want a fourth SIM, and some a fifth. */
const VISITS_OF_ONE_PERSON = 5;

/** Each takes events that nobody else would do the work of. The audit log, which takes all, is always behind. */
const CONSUMERS = ['liveness', 'template-extraction', 'ikd-gateway', 'quota-ledger', 'data-balikan'] as const;

/** The same seed makes the same plan. */
export function makePlan({ seed, rounds, rate, faultEveryMs }: PlanOptions): ChaosPlan {
  const random = new Random(seed);
  const faults = Array.from({ length: rounds }, () => faultsOfRound(random)).flat();
  const lastsMs = 2 * CALM_MS + faults.length * faultEveryMs;
  return {
    format: 'absah-chaos-plan/1',
    seed,
    rounds,
    lastsMs,
    visits: planVisits(random, rate, lastsMs),
    faults: faults.map((fault, index): PlannedFault => {
      const atMs = Math.round(CALM_MS + (index + random.below(1000) / 2000) * faultEveryMs);
      return { atMs, fault };
    }),
  };
}

/** Every service, the broker and the database server; the store; the registry in three ways; four that hang. */
function faultsOfRound(random: Random): readonly Fault[] {
  const between = (least: number, most: number): number => least + random.below(most - least);
  const kills = [...ALL_SERVICES, 'nats', 'postgres'] as const;
  const sleepers = [random.pick(ALL_SERVICES), random.pick(ALL_SERVICES), 'nats', 'postgres'] as const;
  return shuffled(random, [
    ...kills.map((part): Fault => ({ kind: 'kill', part, downMs: between(200, 2_000) })),
    {
      kind: 'lose-store',
      part: 'nats',
      behind: ['audit', random.pick(CONSUMERS)],
      downMs: between(200, 2_000),
    },
    ...sleepers.map((part): Fault => ({ kind: 'pause', part, downMs: between(1_000, 5_000) })),
    { kind: 'hang', part: 'dukcapil-sandbox', downMs: between(3_000, 6_000) },
    { kind: 'refuse', part: 'dukcapil-sandbox', downMs: between(3_000, 6_000) },
  ]);
}

/** Independent arrivals: as many gaps much shorter than the mean as a real counter has. */
function planVisits(random: Random, rate: number, lastsMs: number): PlannedVisit[] {
  const visits: PlannedVisit[] = [];
  const comings = (rate * lastsMs * SHARES['fourth-sim']) / 100_000;
  const regulars = Math.max(1, Math.ceil(comings / VISITS_OF_ONE_PERSON));
  const endMs = VISITS_FOR_LONGER * lastsMs;
  for (let atMs = gapMs(random, rate); atMs < endMs; atMs += gapMs(random, rate)) {
    const kind = pickKind(random);
    const isRegular = kind === 'fourth-sim';
    const among = isRegular ? Math.floor(atMs / lastsMs) : VISITS_FOR_LONGER;
    const person = regulars * among + (isRegular ? random.below(regulars) : visits.length);
    visits.push({ atMs: Math.round(atMs), kind, person, waits: random.below(2) === 0 });
  }
  return visits;
}

function gapMs(random: Random, rate: number): number {
  const uniform = (random.below(1_000_000) + 1) / 1_000_000;
  return (-Math.log(uniform) * 1000) / rate;
}

function pickKind(random: Random): VisitKind {
  let left = random.below(VISIT_KINDS.reduce((sum, kind) => sum + SHARES[kind], 0));
  for (const kind of VISIT_KINDS) {
    if (left < SHARES[kind]) return kind;
    left -= SHARES[kind];
  }
  throw new RangeError('the shares do not add up');
}

function shuffled<T>(random: Random, values: readonly T[]): readonly T[] {
  const rest = [...values];
  const order: T[] = [];
  while (rest.length > 0) order.push(...rest.splice(random.below(rest.length), 1));
  return order;
}
