import type { ScoredComparisons } from '@absah/evaluation';

export interface NamedComparison {
  readonly score: number;
  readonly probe: string;
  readonly reference: string;
}

export interface WorstComparisons {
  /** Different people who look most alike; often a wrong label. */
  readonly impostors: readonly NamedComparison[];
  /** Images of one person that look least alike. */
  readonly genuine: readonly NamedComparison[];
}

const LISTED = 25;

/** @param names of the references, row by row */
export function worstComparisons(
  { comparisons, genuine, impostors }: ScoredComparisons,
  names: readonly string[],
): WorstComparisons {
  const probeNames = comparisons.symmetric ? names : namesOfProbes(comparisons.partOf, names);
  const named = (pair: { score: number; probe: number; reference: number }): NamedComparison => ({
    score: pair.score,
    probe: probeNames[pair.probe] ?? '',
    reference: names[pair.reference] ?? '',
  });
  return {
    impostors: impostors.highest.slice(0, LISTED).map(named),
    genuine: genuine
      .toSorted((a, b) => a.score - b.score)
      .slice(0, LISTED)
      .map(named),
  };
}

function namesOfProbes(partOf: Int32Array, names: readonly string[]): string[] {
  const probes: string[] = [];
  partOf.forEach((probe, row) => {
    if (probe >= 0) probes[probe] = [probes[probe], names[row]].filter(Boolean).join(' + ');
  });
  return probes;
}
