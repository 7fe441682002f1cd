import { describe, expect, it } from '@jest/globals';
import { compareImpostors } from './compare-impostors.js';
import { compareGenuine } from './genuine-comparisons.js';
import { mergeImpostorScores } from './impostor-scores.js';
import type { ImpostorScores } from './impostor-scores.js';
import { averagedComparisons, singleImageComparisons } from './template-table.js';
import type { Comparisons, FaceSample } from './template-table.js';

const DIMENSIONS = 7;

/** People with one to five images each. */
function crowd(images: number): FaceSample[] {
  return Array.from({ length: images }, (_, index) => {
    const raw = Float32Array.from({ length: DIMENSIONS }, (__, axis) =>
      Math.sin(index * 12.9898 + axis * 78.233),
    );
    const length = Math.hypot(...raw);
    return { person: Math.floor(Math.sqrt(index)), embedding: raw.map((value) => value / length) };
  });
}

function pairByPair({ probes, references, symmetric }: Comparisons): string[] {
  const pairs: string[] = [];
  probes.persons.forEach((person, probe) => {
    references.persons.forEach((other, reference) => {
      if (person !== other && (!symmetric || reference > probe)) pairs.push(`${probe}-${reference}`);
    });
  });
  return pairs.sort();
}

function pairsIn({ highest }: ImpostorScores): string[] {
  return highest.map(({ probe, reference }) => `${probe}-${reference}`).sort();
}

describe('compareImpostors (V3)', () => {
  // Around the edges of tiles of 2 × 4, strips of 256 and turns of 64.
  it.each([2, 5, 8, 63, 66, 259])(
    'compares each of %i images once with those of everybody else',
    (images) => {
      const comparisons = singleImageComparisons(crowd(images));
      const scores = compareImpostors(comparisons, 100_000);
      expect(pairsIn(scores)).toEqual(pairByPair(comparisons));
    },
  );

  it.each([6, 67, 131])(
    'compares averaged templates of %i images with all images of everybody else',
    (images) => {
      const comparisons = averagedComparisons(crowd(images), 2);
      expect(pairsIn(compareImpostors(comparisons, 100_000))).toEqual(pairByPair(comparisons));
    },
  );

  it('scores by the cosine', () => {
    const samples = crowd(9);
    const { highest } = compareImpostors(singleImageComparisons(samples), 1_000);
    for (const { score, probe, reference } of highest) {
      const [a, b] = [samples[probe]!.embedding, samples[reference]!.embedding];
      expect(score).toBeCloseTo(
        a.reduce((sum, value, axis) => sum + value * b[axis]!, 0),
        6,
      );
    }
  });

  it('finds the same in parts as in one go', () => {
    const comparisons = singleImageComparisons(crowd(300));
    const whole = compareImpostors(comparisons, 200);
    const parts = [0, 1, 2].map((part) => compareImpostors(comparisons, 200, { part, parts: 3 }));
    const merged = mergeImpostorScores(parts);
    expect(merged.counts).toEqual(whole.counts);
    expect(merged.weights.reduce((a, b) => a + b)).toBeCloseTo(
      whole.weights.reduce((a, b) => a + b),
      6,
    );
    expect(merged.highest.slice(0, 100)).toEqual(whole.highest.slice(0, 100));
  });

  it('lets each pair of people weigh one', () => {
    const comparisons = singleImageComparisons(crowd(20));
    const persons = new Set(comparisons.probes.persons).size;
    const total = compareImpostors(comparisons, 1_000).weights.reduce((a, b) => a + b);
    expect(total).toBeCloseTo((persons * (persons - 1)) / 2, 9);
  });
});

describe('averagedComparisons (V3)', () => {
  const samples = [0, 0, 0, 0, 0, 1, 1, 2].map((person, index) => ({
    person,
    embedding: Float32Array.of(Math.cos(index), Math.sin(index)),
  }));
  const comparisons = averagedComparisons(samples, 2);

  it('makes disjoint sets of a person’s images in their order', () => {
    expect([...comparisons.partOf]).toEqual([0, 0, 1, 1, -1, 2, 2, -1]);
    expect([...comparisons.probes.persons]).toEqual([0, 0, 1]);
  });

  it('averages the directions', () => {
    const [x, y] = comparisons.probes.vectors.subarray(2, 4);
    expect(Math.atan2(y!, x!)).toBeCloseTo(2.5, 6);
  });

  it('compares a set with the images outside it only', () => {
    const pairs = compareGenuine(comparisons).map(({ probe, reference }) => `${probe}-${reference}`);
    expect(pairs).toEqual(['0-2', '0-3', '0-4', '1-0', '1-1', '1-4']);
  });
});
