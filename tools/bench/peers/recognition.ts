import {
  GENUINE_PER_PERSON,
  capPerPerson,
  compareGenuine,
  compareImpostors,
  rateRecognition,
  singleImageComparisons,
  type FaceSample,
  type Interval,
} from '@absah/evaluation';

/** What a contestant made of one photograph. */
export interface Attempt {
  readonly person: number;
  /** Absent when no face was found. */
  readonly descriptor?: Float32Array;
}

export interface Recognition {
  readonly failureToAcquire: number;
  readonly genuineComparisons: number;
  readonly impostorComparisons: number;
  readonly eer: number;
  readonly fnmrAtFmr: Readonly<Record<ComparedFmr, FnmrAtFmr>>;
}

type ComparedFmr = '1e-3' | '1e-4';

export interface FnmrAtFmr {
  readonly threshold: number;
  /** Of the photographs in which a face was found. */
  readonly fnmr: number;
  readonly interval: Interval;
  /** Of all photographs: a face that was not found is not recognised either. The same comparisons for every
   *  contestant. */
  readonly falseRejectRate: number;
}

/** Compares by cosine, which serves the peers better than the Euclidean distance of their own. */
export function rateAttempts(attempts: readonly Attempt[]): Recognition {
  const acquired = attempts.flatMap(({ person, descriptor }): FaceSample[] =>
    descriptor ? [{ person, embedding: ofLengthOne(descriptor) }] : [],
  );
  const comparisons = singleImageComparisons(acquired);
  const impostors = compareImpostors(comparisons, HIGHEST_KEPT);
  const scored = { comparisons, genuine: compareGenuine(comparisons), impostors };
  const { fnmrAtFmr, ...rates } = rateRecognition(scored, 'headline', 1);
  const rejected = falseRejectRate(attempts);
  const at = (target: ComparedFmr): FnmrAtFmr => {
    const { threshold, fnmr, interval } = fnmrAtFmr[target];
    return { threshold, fnmr, interval, falseRejectRate: rejected(threshold) };
  };
  return {
    failureToAcquire: (attempts.length - acquired.length) / attempts.length,
    genuineComparisons: rates.genuineComparisons,
    impostorComparisons: rates.impostorComparisons,
    eer: rates.eer,
    fnmrAtFmr: { '1e-3': at('1e-3'), '1e-4': at('1e-4') },
  };
}

/** Enough for one in a thousand of twenty million comparisons. */
const HIGHEST_KEPT = 50_000;

function falseRejectRate(attempts: readonly Attempt[]): (threshold: number) => number {
  const dimensions = attempts.find(({ descriptor }) => descriptor)?.descriptor?.length ?? 1;
  const samples = attempts.map(({ person, descriptor }) => ({
    person,
    embedding: descriptor ? ofLengthOne(descriptor) : new Float32Array(dimensions),
  }));
  const genuine = capPerPerson(compareGenuine(singleImageComparisons(samples)), GENUINE_PER_PERSON);
  const found = (index: number): boolean => attempts[index]?.descriptor !== undefined;
  return (threshold) => {
    const accepted = genuine.filter(
      ({ probe, reference, score }) => found(probe) && found(reference) && score >= threshold,
    );
    return 1 - accepted.length / genuine.length;
  };
}

function ofLengthOne(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
