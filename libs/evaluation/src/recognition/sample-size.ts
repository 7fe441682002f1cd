import { FMR_TARGETS } from './recognition-rates.js';
import type { FmrTarget, RecognitionRates } from './recognition-rates.js';

// Rule of 30 (Doddington): 30 errors make the true rate lie within ±30 % of the measured one with 90 % confidence.
const RULE_OF_30 = 30;
// Rule of 3: without an error in n independent trials the true rate is below 3 / n with 95 % confidence.
const RULE_OF_3 = 3;

/** What a sample of this size can show and what it cannot, in sentences for the report. */
export function sampleStatements(rates: RecognitionRates, persons: number): string[] {
  const independent = Math.floor(persons / 2);
  return [
    `${count(rates.impostorComparisons)} impostor comparisons of ${count(persons)} people. They share people and are ` +
      `not independent: only ${count(independent)} comparisons could be made in which nobody takes part twice, and ` +
      `without any false match those alone would show no more than a false match rate below ${rate(RULE_OF_3 / independent)} (rule of 3).`,
    ...Object.keys(FMR_TARGETS).map((target) => aboutTarget(target as FmrTarget, rates)),
    `The false non-match rate rests on ${count(rates.genuineComparisons)} genuine comparisons of ` +
      `${count(rates.genuinePersons)} people; with no failure at all it could be said to be below ` +
      `${rate(RULE_OF_3 / rates.genuinePersons)} (rule of 3).`,
    'Intervals hold for people like those of this sample, photographed like them, at a fixed threshold: they ' +
      'do not contain that the threshold was found on the same images, nor other cameras, ages or places.',
  ];
}

function aboutTarget(target: FmrTarget, { fnmrAtFmr }: RecognitionRates): string {
  const { resolved, falseMatches, falseMatchPairs, mostFrequentPairShare, falseNonMatches } =
    fnmrAtFmr[target];
  if (!resolved) {
    return `FMR ${target} cannot be measured: even one false match is more than that. The threshold given is just above the highest impostor.`;
  }
  const enough = [
    [falseMatches, 'false matches'],
    [falseNonMatches, 'false non-matches'],
  ].map(
    ([errors, name]) =>
      `${count(Number(errors))} ${name}${Number(errors) < RULE_OF_30 ? ' (fewer than 30)' : ''}`,
  );
  return (
    `FMR ${target} rests on ${enough.join(' and ')}; the rule of 30 asks for 30 of each. The false matches come ` +
    `from ${count(falseMatchPairs)} pairs of people, ${(100 * mostFrequentPairShare).toFixed(0)} % of them from one pair.`
  );
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function rate(value: number): string {
  return Number.isFinite(value) ? value.toExponential(1) : 'any rate';
}
