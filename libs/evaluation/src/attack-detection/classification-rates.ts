import { clopperPearson } from '../statistics/clopper-pearson.js';
import type { Interval } from '../statistics/interval.js';
import type { Presentation } from './presentation.js';

/** Errors among presentations of one sort. */
export interface ErrorCount {
  readonly presentations: number;
  /** Presentations that were answered. */
  readonly responses: number;
  readonly errors: number;
  /** Errors ÷ responses: APCER of attacks, BPCER of bona fide presentations (ISO/IEC 30107-3). */
  readonly rate: number;
  /** Exact for independent presentations, which frames of one clip are not. */
  readonly interval: Interval;
  /** Unanswered ÷ presentations: APNRR of attacks, BPNRR of bona fide presentations. */
  readonly nonResponseRate: number;
  /** What it comes to for all who presented themselves: an unanswered attack was not accepted, an unanswered
   *  person was not let through. */
  readonly rateOfAll: number;
}

export interface ClassificationRates {
  readonly bonaFide: ErrorCount;
  readonly attacks: ErrorCount;
  readonly bySpecies: ReadonlyMap<string, ErrorCount>;
  readonly byTypeOfAttack: ReadonlyMap<string, ErrorCount>;
  readonly byKindOfAttack: ReadonlyMap<string, ErrorCount>;
  /** The highest APCER of a species, which is what ISO/IEC 30107-3 judges by. Species with fewer than
   *  `FEW_RESPONSES` count together with the others of their type: one image would make their rate. */
  readonly worstApcer: number;
}

const FEW_RESPONSES = 3;

export function isAttack({ species }: Presentation): boolean {
  return species !== undefined;
}

/** A presentation passes when its score is at least the threshold. */
function isError(presentation: Presentation, threshold: number): boolean {
  const { score } = presentation;
  return score !== undefined && (isAttack(presentation) ? score >= threshold : score < threshold);
}

export function countErrors(presentations: readonly Presentation[], threshold: number): ErrorCount {
  const all = presentations.length;
  const responses = presentations.filter(({ score }) => score !== undefined).length;
  const errors = presentations.filter((presentation) => isError(presentation, threshold)).length;
  const refused = presentations.filter((one) => !isAttack(one) && one.score === undefined).length;
  return {
    presentations: all,
    responses,
    errors,
    rate: share(errors, responses),
    interval: clopperPearson(errors, responses),
    nonResponseRate: share(all - responses, all),
    rateOfAll: share(errors + refused, all),
  };
}

export function rateClassification(
  presentations: readonly Presentation[],
  threshold: number,
): ClassificationRates {
  const attacks = presentations.filter(isAttack);
  const counts = (nameOf: (presentation: Presentation) => string): Map<string, ErrorCount> =>
    new Map([...Map.groupBy(attacks, nameOf)].map(([name, group]) => [name, countErrors(group, threshold)]));
  const bySpecies = counts(({ species }) => species ?? '');
  const byTypeOfAttack = counts(({ species, typeOfAttack = species }) => typeOfAttack ?? '');
  const ofSomeSize = [...bySpecies.values()].filter(({ responses }) => responses >= FEW_RESPONSES);
  return {
    bonaFide: countErrors(
      presentations.filter((presentation) => !isAttack(presentation)),
      threshold,
    ),
    attacks: countErrors(attacks, threshold),
    bySpecies,
    byTypeOfAttack,
    byKindOfAttack: counts(({ kindOfAttack }) => kindOfAttack ?? ''),
    worstApcer: Math.max(0, ...[...ofSomeSize, ...byTypeOfAttack.values()].map(({ rate }) => rate)),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
