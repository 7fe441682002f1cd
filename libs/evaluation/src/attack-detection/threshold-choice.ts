import { countErrors, isAttack } from './classification-rates.js';
import type { ErrorCount } from './classification-rates.js';
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

export interface HeldOutRates {
  readonly bonaFide: ErrorCount;
  readonly bySpecies: ReadonlyMap<string, ErrorCount>;
  /** The lowest and the highest threshold that was chosen. */
  readonly thresholds: readonly [number, number];
}

/**
 * Leaves each subject out in turn, chooses the threshold on the others by `thresholdForApcer`, and applies it
 * to the one left out. A threshold that is judged on what it was chosen on promises too much.
 * @returns undefined where fewer than two subjects leave nothing to choose on
 */
export function rateHeldOut(
  presentations: readonly Presentation[],
  maxApcer: number,
): HeldOutRates | undefined {
  const subjects = [...Map.groupBy(presentations, ({ subject }) => subject).keys()];
  if (subjects.length < 2) return undefined;
  const thresholds = new Map(
    subjects.map((left) => [
      left,
      thresholdForApcer(
        presentations.filter(({ subject }) => subject !== left),
        maxApcer,
      ),
    ]),
  );
  // As passed or not: each was judged by a threshold of its own.
  const judged = presentations.map((presentation): Presentation => {
    if (presentation.score === undefined) return presentation;
    const threshold = thresholds.get(presentation.subject) ?? 0;
    const passed = presentation.score >= threshold;
    return { ...presentation, score: passed ? 1 : 0 };
  });
  const chosen = [...thresholds.values()];
  return {
    bonaFide: countErrors(
      judged.filter((presentation) => !isAttack(presentation)),
      1,
    ),
    bySpecies: new Map(
      [...Map.groupBy(judged.filter(isAttack), ({ species }) => species ?? '')].map(([species, group]) => [
        species,
        countErrors(group, 1),
      ]),
    ),
    thresholds: [Math.min(...chosen), Math.max(...chosen)],
  };
}
