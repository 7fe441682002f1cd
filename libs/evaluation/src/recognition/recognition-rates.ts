import { bootstrapInterval } from '../statistics/bootstrap.js';
import { clopperPearson } from '../statistics/clopper-pearson.js';
import type { Interval } from '../statistics/interval.js';
import { detectionErrorTradeOff, equalError } from './detection-error-trade-off.js';
import type { ErrorRates } from './detection-error-trade-off.js';
import { FalseMatches } from './false-matches.js';
import { FalseNonMatches } from './false-non-matches.js';
import { capPerPerson } from './genuine-comparisons.js';
import type { GenuineComparison } from './genuine-comparisons.js';
import type { ImpostorPair, ImpostorScores } from './impostor-scores.js';
import { countByPerson } from './template-table.js';
import type { Comparisons } from './template-table.js';

/** False match rates at which the false non-match rate is told. */
export const FMR_TARGETS = { '1e-3': 1e-3, '1e-4': 1e-4, '1e-5': 1e-5 } as const;
export type FmrTarget = keyof typeof FMR_TARGETS;

/** Genuine comparisons of one person that count in the headline figures. */
export const GENUINE_PER_PERSON = 10;

/**
 * Whom the figures weigh how much:
 * - `headline`: at most `GENUINE_PER_PERSON` genuine comparisons of each person, and every pair of persons weighs
 *   one among the impostors. Comparisons grow with the square of a person's images, so that otherwise the few
 *   who were photographed most would decide both rates.
 * - `all`: every comparison weighs the same
 * - `balanced`: every person weighs one among the genuine, every pair of persons one among the impostors
 */
export type Weighting = 'headline' | 'all' | 'balanced';

export interface RatesAtThreshold {
  readonly threshold: number;
  readonly fmr: number;
  readonly fmrInterval: Interval;
  readonly falseMatches: number;
  /** Different pairs of people among the false matches. */
  readonly falseMatchPairs: number;
  /** Share of the false matches that the most frequent pair of people makes. */
  readonly mostFrequentPairShare: number;
  readonly fnmr: number;
  /** Of `fnmr`, at this threshold. */
  readonly interval: Interval;
  readonly falseNonMatches: number;
}

export interface RatesAtFmr extends RatesAtThreshold {
  /** See `FmrThreshold`. */
  readonly resolved: boolean;
}

export interface RecognitionRates {
  readonly genuineComparisons: number;
  readonly genuinePersons: number;
  readonly impostorComparisons: number;
  readonly eer: number;
  readonly eerThreshold: number;
  readonly fnmrAtFmr: Readonly<Record<FmrTarget, RatesAtFmr>>;
  readonly atOperatingPoint: RatesAtThreshold;
  readonly det: readonly ErrorRates[];
}

export interface ScoredComparisons {
  readonly comparisons: Comparisons;
  readonly genuine: readonly GenuineComparison[];
  readonly impostors: ImpostorScores;
}

export function rateRecognition(
  scored: ScoredComparisons,
  weighting: Weighting,
  operatingThreshold: number,
): RecognitionRates {
  const genuine =
    weighting === 'headline' ? capPerPerson(scored.genuine, GENUINE_PER_PERSON) : scored.genuine;
  const weights = weightsFor(scored.comparisons, genuine, weighting);
  const { impostors } = scored;
  const falseMatches = new FalseMatches(
    impostors,
    weighting === 'all' ? impostors.counts : impostors.weights,
    weights.ofImpostor,
  );
  const falseNonMatches = new FalseNonMatches(genuine, weights.ofGenuine);
  const at = (threshold: number): RatesAtThreshold => ({
    threshold,
    fmr: falseMatches.rateAt(threshold),
    ...describeFalseMatches(scored.comparisons, falseMatches.passing(threshold), weights),
    fnmr: falseNonMatches.rateAt(threshold),
    falseNonMatches: falseNonMatches.countAt(threshold),
    interval: fnmrInterval(genuine, threshold, weights.ofGenuine),
  });
  const atFmr = (rate: number): RatesAtFmr => {
    const { threshold, resolved } = falseMatches.thresholdFor(rate);
    return { ...at(threshold), resolved };
  };
  const { rate: eer, threshold: eerThreshold } = equalError(falseMatches, falseNonMatches);
  return {
    genuineComparisons: genuine.length,
    genuinePersons: new Set(genuine.map(({ person }) => person)).size,
    impostorComparisons: impostors.counts.reduce((sum, count) => sum + count, 0),
    eer,
    eerThreshold,
    fnmrAtFmr: { '1e-3': atFmr(1e-3), '1e-4': atFmr(1e-4), '1e-5': atFmr(1e-5) },
    atOperatingPoint: at(operatingThreshold),
    det: detectionErrorTradeOff(falseMatches, falseNonMatches),
  };
}

interface Weights {
  readonly ofGenuine: (comparison: GenuineComparison) => number;
  readonly ofImpostor: (pair: ImpostorPair) => number;
  /** What a person adds to all impostor comparisons as the probe, and as the reference. */
  readonly asProbe: Float64Array;
  readonly asReference: Float64Array;
}

function weightsFor(
  { probes, references }: Comparisons,
  genuine: readonly GenuineComparison[],
  weighting: Weighting,
): Weights {
  const persons = 1 + references.persons.reduce((highest, person) => Math.max(highest, person), -1);
  const rowsOf = (rows: Int32Array): Float64Array => {
    const counts = countByPerson(rows);
    return Float64Array.from({ length: persons }, (_, person) => counts.get(person) ?? 0);
  };
  const [asProbe, asReference] = [rowsOf(probes.persons), rowsOf(references.persons)];
  if (weighting === 'all') {
    return { ofGenuine: () => 1, ofImpostor: () => 1, asProbe, asReference };
  }
  const comparisonsOf = countByPerson(Int32Array.from(genuine, ({ person }) => person));
  return {
    ofGenuine: weighting === 'balanced' ? ({ person }) => 1 / (comparisonsOf.get(person) ?? 1) : () => 1,
    ofImpostor: ({ probe, reference }) => (probes.shares[probe] ?? 0) * (references.shares[reference] ?? 0),
    asProbe: asProbe.map(Math.sign),
    asReference: asReference.map(Math.sign),
  };
}

function describeFalseMatches(
  comparisons: Comparisons,
  passing: readonly ImpostorPair[],
  weights: Weights,
): Pick<RatesAtThreshold, 'fmrInterval' | 'falseMatches' | 'falseMatchPairs' | 'mostFrequentPairShare'> {
  const pairs = pairsOfPeople(comparisons, passing, weights);
  // They may be too many for the arguments of Math.max.
  const mostFrequent = pairs.reduce((most, { matches }) => Math.max(most, matches), 0);
  return {
    fmrInterval: fmrInterval(pairs, weights, comparisons.symmetric),
    falseMatches: passing.length,
    falseMatchPairs: pairs.length,
    mostFrequentPairShare: mostFrequent / Math.max(1, passing.length),
  };
}

/** Two people who were taken for one. */
interface PairOfPeople {
  readonly people: readonly [number, number];
  matches: number;
  weight: number;
}

function pairsOfPeople(
  { probes, references }: Comparisons,
  passing: readonly ImpostorPair[],
  { asProbe, ofImpostor }: Weights,
): PairOfPeople[] {
  const pairs = new Map<number, PairOfPeople>();
  for (const match of passing) {
    const [one, other] = [probes.persons[match.probe] ?? 0, references.persons[match.reference] ?? 0];
    const people = one < other ? ([one, other] as const) : ([other, one] as const);
    const key = people[0] * asProbe.length + people[1];
    const pair = pairs.get(key) ?? { people, matches: 0, weight: 0 };
    pair.matches += 1;
    pair.weight += ofImpostor(match);
    pairs.set(key, pair);
  }
  return [...pairs.values()];
}

/** A false match counts as often as both its people were drawn. */
function fmrInterval(
  pairs: readonly PairOfPeople[],
  { asProbe, asReference }: Weights,
  symmetric: boolean,
): Interval {
  const persons = asProbe.length;
  // Only pairs of people that share nobody are independent of each other.
  if (pairs.length === 0) return clopperPearson(0, Math.floor(persons / 2));
  const orders = symmetric ? 2 : 1;
  const interval = bootstrapInterval(persons, (drawn) => {
    let [probes, references, same] = [0, 0, 0];
    for (let person = 0; person < persons; person += 1) {
      const times = drawn[person] ?? 0;
      const [probe, reference] = [times * (asProbe[person] ?? 0), times * (asReference[person] ?? 0)];
      probes += probe;
      references += reference;
      same += probe * reference;
    }
    let falseMatches = 0;
    for (const { people, weight } of pairs) {
      falseMatches += (drawn[people[0]] ?? 0) * (drawn[people[1]] ?? 0) * weight;
    }
    return (orders * falseMatches) / (probes * references - same);
  });
  return interval ?? [0, 1];
}

function fnmrInterval(
  genuine: readonly GenuineComparison[],
  threshold: number,
  weightOf: (comparison: GenuineComparison) => number,
): Interval {
  const ofPersons = [...Map.groupBy(genuine, ({ person }) => person).values()].map((ofPerson) => {
    let [failed, all] = [0, 0];
    for (const comparison of ofPerson) {
      const weight = weightOf(comparison);
      all += weight;
      if (comparison.score < threshold) failed += weight;
    }
    return { failed, all };
  });
  if (!ofPersons.some(({ failed }) => failed > 0)) return clopperPearson(0, ofPersons.length);
  const interval = bootstrapInterval(ofPersons.length, (drawn) => {
    let [failed, all] = [0, 0];
    ofPersons.forEach((person, index) => {
      const times = drawn[index] ?? 0;
      failed += times * person.failed;
      all += times * person.all;
    });
    return failed / all;
  });
  return interval ?? [0, 1];
}

export interface FnmrOfPart {
  readonly comparisons: number;
  readonly persons: number;
  readonly falseNonMatches: number;
  readonly fnmr: number;
  readonly interval: Interval;
}

/** The false non-match rate of some of the genuine comparisons, such as those of one quality band. */
export function rateGenuine(genuine: readonly GenuineComparison[], threshold: number): FnmrOfPart {
  const falseNonMatches = genuine.filter(({ score }) => score < threshold).length;
  return {
    comparisons: genuine.length,
    persons: new Set(genuine.map(({ person }) => person)).size,
    falseNonMatches,
    fnmr: genuine.length === 0 ? 0 : falseNonMatches / genuine.length,
    interval: fnmrInterval(genuine, threshold, () => 1),
  };
}
