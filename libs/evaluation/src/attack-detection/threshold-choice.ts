import { isAttack, rateClassification } from './classification-rates.js';
import type { ClassificationRates } from './classification-rates.js';
import type { Presentation } from './presentation.js';

// Of a score between 0 and 1: far below what a model's softmax resolves.
const JUST_ABOVE = 2 ** -40;

/** The lowest threshold at which no species has a higher APCER than `maxApcer`. */
export function thresholdForApcer(presentations: readonly Presentation[], maxApcer: number): number {
  const bySpecies = Map.groupBy(presentations.filter(isAttack), ({ species }) => species);
  const thresholds = [...bySpecies.values()].map((group) => {
    const scores = group.flatMap(({ score }) => score ?? []).sort((a, b) => b - a);
    const highestRefused = scores[Math.floor(maxApcer * scores.length)];
    return highestRefused === undefined ? 0 : highestRefused + JUST_ABOVE;
  });
  return Math.max(0, ...thresholds);
}

/**
 * The threshold at which the larger of BPCER and the worst species' APCER is smallest; where a whole range does
 * equally well, its middle, as far from both sides as it can be.
 */
export function evenThreshold(presentations: readonly Presentation[]): number {
  const groups = [...Map.groupBy(presentations, ({ species }) => species)].map(([species, group]) => ({
    attack: species !== undefined,
    scores: Float64Array.from(group.flatMap(({ score }) => score ?? [])).sort(),
  }));
  const worstError = (threshold: number): number =>
    Math.max(
      ...groups.map(({ attack, scores }) => {
        const below = countBelow(scores, threshold) / Math.max(1, scores.length);
        return attack ? Number(scores.length > 0) - below : below;
      }),
    );
  const all = Float64Array.from(groups.flatMap(({ scores }) => [...scores])).sort();
  const steps = [0, ...new Set(all), 1];
  // Rates change at scores only: between two of them, any threshold does.
  const ranges = steps.slice(1).map((to, index) => {
    const from = steps[index] ?? 0;
    return { from, to, error: worstError((from + to) / 2) };
  });
  const least = Math.min(...ranges.map(({ error }) => error));
  const best = ranges.filter(({ error }) => error === least);
  return ((best[0]?.from ?? 0) + (best.at(-1)?.to ?? 1)) / 2;
}

function countBelow(ascending: Float64Array, threshold: number): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((ascending[middle] ?? 0) < threshold) from = middle + 1;
    else to = middle;
  }
  return from;
}

export interface HeldOutRates extends ClassificationRates {
  /** The lowest and the highest threshold that was chosen. */
  readonly thresholds: readonly [number, number];
}

/**
 * Leaves each subject out in turn, chooses the threshold on the others by `evenThreshold`, and applies it to
 * the one left out. A threshold that is judged on what it was chosen on promises too much.
 * @returns undefined where leaving some subject out leaves no scores of the living or none of attacks: on one
 * side alone, any threshold serves
 */
export function rateHeldOut(presentations: readonly Presentation[]): HeldOutRates | undefined {
  const subjects = [...Map.groupBy(presentations, ({ subject }) => subject).keys()];
  const remainders = subjects.map(
    (left) => [left, presentations.filter(({ subject }) => subject !== left)] as const,
  );
  if (!remainders.every(([, others]) => hasBothSides(others))) return undefined;
  const thresholds = new Map(remainders.map(([left, others]) => [left, evenThreshold(others)]));
  // As passed or not: each was judged by a threshold of its own.
  const judged = presentations.map((presentation): Presentation => {
    if (presentation.score === undefined) return presentation;
    const threshold = thresholds.get(presentation.subject) ?? 0;
    const passed = presentation.score >= threshold;
    return { ...presentation, score: passed ? 1 : 0 };
  });
  const chosen = [...thresholds.values()];
  return { ...rateClassification(judged, 1), thresholds: [Math.min(...chosen), Math.max(...chosen)] };
}

function hasBothSides(presentations: readonly Presentation[]): boolean {
  const answered = presentations.filter(({ score }) => score !== undefined);
  return answered.some(isAttack) && !answered.every(isAttack);
}
