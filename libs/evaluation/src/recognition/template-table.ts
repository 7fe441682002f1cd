import { meanDirection } from '@absah/biometrics';

/** Many templates in one block of memory that threads can share. */
export interface TemplateTable {
  /** Row after row, each of length one. */
  readonly vectors: Float32Array<SharedArrayBuffer>;
  readonly dimensions: number;
  /** Of each row: whose it is, as a number from zero. */
  readonly persons: Int32Array;
  /** Of each row: one divided by the rows of the same person, so that every person weighs one. */
  readonly shares: Float64Array;
}

/** An image that was acquired. */
export interface FaceSample {
  readonly person: number;
  /** Of length one. */
  readonly embedding: Float32Array;
}

export interface Comparisons {
  readonly probes: TemplateTable;
  readonly references: TemplateTable;
  /** Probes and references are the same rows: each pair is compared once, no row with itself. */
  readonly symmetric: boolean;
  /** Of each reference: the probe that it is a part of, or -1. A template is not compared with its parts. */
  readonly partOf: Int32Array;
}

/** Every image against every other one. */
export function singleImageComparisons(samples: readonly FaceSample[]): Comparisons {
  const table = tableOf(samples);
  return {
    probes: table,
    references: table,
    symmetric: true,
    partOf: new Int32Array(samples.length).fill(-1),
  };
}

/**
 * A probe is the mean of `captures` images of one person, as of several captures in one session; a reference
 * is one image, as the registry holds one. A person's images make up disjoint sets in their order; a set is
 * compared with the images outside it. Images that fill no set serve as references only.
 */
export function averagedComparisons(samples: readonly FaceSample[], captures: number): Comparisons {
  const partOf = new Int32Array(samples.length).fill(-1);
  const probes: FaceSample[] = [];
  for (const [person, rows] of rowsByPerson(samples)) {
    for (let start = 0; start + captures <= rows.length; start += captures) {
      const set = rows.slice(start, start + captures);
      for (const { row } of set) partOf[row] = probes.length;
      probes.push({ person, embedding: meanDirection(set.map(({ embedding }) => embedding)) });
    }
  }
  return { probes: tableOf(probes), references: tableOf(samples), symmetric: false, partOf };
}

function rowsByPerson(
  samples: readonly FaceSample[],
): Map<number, { readonly row: number; readonly embedding: Float32Array }[]> {
  return Map.groupBy(
    samples.map(({ person, embedding }, row) => ({ person, row, embedding })),
    ({ person }) => person,
  );
}

function tableOf(samples: readonly FaceSample[]): TemplateTable {
  const dimensions = samples[0]?.embedding.length ?? 0;
  const vectors = new Float32Array(new SharedArrayBuffer(samples.length * dimensions * 4));
  samples.forEach(({ embedding }, row) => vectors.set(embedding, row * dimensions));
  const persons = Int32Array.from(samples, ({ person }) => person);
  const counts = countByPerson(persons);
  return {
    vectors,
    dimensions,
    persons,
    shares: Float64Array.from(persons, (person) => 1 / (counts.get(person) ?? 1)),
  };
}

export function countByPerson(persons: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const person of persons) counts.set(person, (counts.get(person) ?? 0) + 1);
  return counts;
}
