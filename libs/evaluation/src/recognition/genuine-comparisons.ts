import type { Comparisons } from './template-table.js';

export interface GenuineComparison {
  readonly person: number;
  readonly probe: number;
  readonly reference: number;
  /** Cosine. */
  readonly score: number;
}

/** Every comparison of two templates of one person. */
export function compareGenuine(comparisons: Comparisons): GenuineComparison[] {
  const { probes, references, symmetric, partOf } = comparisons;
  const rows = Map.groupBy(references.persons.keys(), (row) => references.persons[row] ?? -1);
  const found: GenuineComparison[] = [];
  probes.persons.forEach((person, probe) => {
    for (const reference of rows.get(person) ?? []) {
      if (symmetric ? reference <= probe : partOf[reference] === probe) continue;
      found.push({ person, probe, reference, score: cosineOf(comparisons, probe, reference) });
    }
  });
  return found;
}

function cosineOf({ probes, references }: Comparisons, probe: number, reference: number): number {
  const { dimensions } = probes;
  let sum = 0;
  for (let index = 0; index < dimensions; index += 1) {
    sum +=
      (probes.vectors[probe * dimensions + index] ?? 0) *
      (references.vectors[reference * dimensions + index] ?? 0);
  }
  return sum;
}

/** At most `limit` comparisons of one person, spread evenly over all of that person's: whoever was photographed
 *  often would otherwise decide the figure, since comparisons grow with the square of the images. */
export function capPerPerson(comparisons: readonly GenuineComparison[], limit: number): GenuineComparison[] {
  return [...Map.groupBy(comparisons, ({ person }) => person).values()].flatMap((ofPerson) => {
    if (ofPerson.length <= limit) return ofPerson;
    return Array.from({ length: limit }, (_, index) => Math.floor((index * ofPerson.length) / limit)).flatMap(
      (position) => ofPerson.slice(position, position + 1),
    );
  });
}
