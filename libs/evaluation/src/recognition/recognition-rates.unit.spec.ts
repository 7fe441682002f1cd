import { describe, expect, it } from '@jest/globals';
import { compareImpostors } from './compare-impostors.js';
import { capPerPerson, compareGenuine } from './genuine-comparisons.js';
import { rateGenuine, rateRecognition } from './recognition-rates.js';
import { sampleStatements } from './sample-size.js';
import { singleImageComparisons } from './template-table.js';

/** Templates as angles, so that a score is the cosine of a difference. */
function scoredAngles(angles: readonly (readonly [person: number, degrees: number])[]) {
  const samples = angles.map(([person, degrees]) => {
    const radians = (degrees * Math.PI) / 180;
    return { person, embedding: Float32Array.of(Math.cos(radians), Math.sin(radians)) };
  });
  const comparisons = singleImageComparisons(samples);
  return {
    comparisons,
    genuine: compareGenuine(comparisons),
    impostors: compareImpostors(comparisons, 10_000),
  };
}

// Genuine: A cos 10° = 0.985, B cos 40° = 0.766.
// Impostors: AB 0, -0.643, 0.174, -0.5; AC -1, -0.985; BC 0, 0.643.
const [A, B, C] = [0, 1, 2];
const scored = scoredAngles([
  [A, 0],
  [A, 10],
  [B, 90],
  [B, 130],
  [C, 180],
]);

describe('rateRecognition (V3)', () => {
  it('counts every comparison', () => {
    expect(rateRecognition(scored, 'all', 0.6)).toMatchObject({
      genuineComparisons: 2,
      genuinePersons: 2,
      impostorComparisons: 8,
      atOperatingPoint: {
        threshold: 0.6,
        fmr: 1 / 8,
        falseMatches: 1,
        falseMatchPairs: 1,
        mostFrequentPairShare: 1,
        fnmr: 0,
        falseNonMatches: 0,
      },
    });
  });

  it('lets people and pairs of people weigh the same when balanced', () => {
    // One of the two comparisons of B with C, among three pairs of people.
    expect(rateRecognition(scored, 'balanced', 0.6).atOperatingPoint.fmr).toBeCloseTo(1 / 6, 9);
    const uneven = scoredAngles([
      [A, 0],
      [A, 1],
      [A, 2],
      [B, 90],
      [B, 150],
    ]);
    // All of A's three comparisons succeed, B's only one fails.
    expect(rateRecognition(uneven, 'all', 0.6).atOperatingPoint.fnmr).toBeCloseTo(1 / 4, 9);
    expect(rateRecognition(uneven, 'balanced', 0.6).atOperatingPoint.fnmr).toBeCloseTo(1 / 2, 9);
  });

  it('caps a person’s genuine comparisons, and balances the impostors, in the headline', () => {
    // A's six images make fifteen comparisons, which all succeed, and meet both of B's, which fail.
    const sixOfOne = scoredAngles([
      ...Array.from({ length: 6 }, (_, index) => [A, index] as const),
      [B, 90],
      [B, 150],
      [C, 151],
    ]);
    const { genuineComparisons, atOperatingPoint } = rateRecognition(sixOfOne, 'headline', 0.6);
    expect(genuineComparisons).toBe(11);
    expect(atOperatingPoint.fnmr).toBeCloseTo(1 / 11, 9);
    // One of the two comparisons of B with C, among three pairs of people.
    expect(atOperatingPoint.fmr).toBeCloseTo(1 / 6, 9);
  });

  it('finds the equal error rate between people who overlap', () => {
    // Genuine cos 10° = 0.985 and cos 60° = 0.5; impostors cos 20°, 30°, 80°, 90° = 0.94, 0.87, 0.17, 0.
    const overlapping = scoredAngles([
      [A, 0],
      [A, 10],
      [B, 30],
      [B, 90],
    ]);
    const { eer, eerThreshold } = rateRecognition(overlapping, 'all', 0.5);
    expect(eer).toBe(0.5);
    expect(eerThreshold).toBeGreaterThan(0.5);
    expect(eerThreshold).toBeLessThanOrEqual(0.9);
  });

  it('has no equal error when a threshold parts all', () => {
    expect(rateRecognition(scored, 'all', 0.7).eer).toBe(0);
  });

  it('admits that a rate is beyond the sample', () => {
    const { fnmrAtFmr } = rateRecognition(scored, 'all', 0.7);
    expect(fnmrAtFmr['1e-5']).toMatchObject({ resolved: false, fmr: 0, falseMatches: 0, fnmr: 0 });
    expect(fnmrAtFmr['1e-5'].threshold).toBeCloseTo(Math.cos((50 * Math.PI) / 180), 6);
  });

  it('gives an interval around each rate, and none of no width', () => {
    // Each person's two images are 0°, 12°, 24°, 36° or 48° apart; the threshold is at 26°.
    const crowd = scoredAngles(
      Array.from({ length: 60 }, (_, person) => [
        [person, person * 37] as const,
        [person, person * 37 + 12 * (person % 5)] as const,
      ]).flat(),
    );
    const { atOperatingPoint } = rateRecognition(crowd, 'all', 0.9);
    const { fnmr, interval, fmr, fmrInterval } = atOperatingPoint;
    expect(fnmr).toBe(2 / 5);
    expect(interval[0]).toBeLessThan(fnmr);
    expect(interval[1]).toBeGreaterThan(fnmr);
    expect(fmrInterval[0]).toBeLessThan(fmr);
    expect(fmrInterval[1]).toBeGreaterThan(fmr);
    expect(rateRecognition(scored, 'all', 0.7).atOperatingPoint).toMatchObject({
      interval: [0, 1 - 0.025 ** (1 / 2)].map((value) => expect.closeTo(value, 9)),
      fmrInterval: [0, 1 - 0.025].map((value) => expect.closeTo(value, 9)),
    });
  });

  it('knows the rate for certain where every impostor passes, whoever is drawn', () => {
    for (const weighting of ['all', 'balanced'] as const) {
      const { fmrInterval } = rateRecognition(scored, weighting, -1).atOperatingPoint;
      expect(fmrInterval).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
    }
  });

  it('draws the curve from many false matches to few', () => {
    const { det } = rateRecognition(scored, 'all', 0.7);
    expect(det[0]).toMatchObject({ fmr: 1, fnmr: 0 });
    expect(det.map(({ fmr }) => fmr)).toEqual(det.map(({ fmr }) => fmr).sort((a, b) => b - a));
    expect(det.at(-1)).toMatchObject({ fmr: 0.125, fnmr: 0 });
  });
});

describe('capPerPerson (V3)', () => {
  const genuine = Array.from({ length: 66 }, (_, probe) => ({ person: 7, probe, reference: 99, score: 0 }));

  it('keeps at most so many comparisons of a person, evenly spread', () => {
    expect(capPerPerson(genuine, 6).map(({ probe }) => probe)).toEqual([0, 11, 22, 33, 44, 55]);
  });

  it('keeps all of a person with fewer', () => {
    expect(capPerPerson(genuine.slice(0, 5), 6)).toEqual(genuine.slice(0, 5));
  });
});

describe('rateGenuine (V3)', () => {
  it('counts a score at the threshold as a match', () => {
    const genuine = [0.3, 0.5, 0.7].map((score, probe) => ({ person: probe, probe, reference: 9, score }));
    expect(rateGenuine(genuine, 0.5)).toMatchObject({
      comparisons: 3,
      persons: 3,
      falseNonMatches: 1,
      fnmr: 1 / 3,
    });
  });
});

describe('sampleStatements (V3)', () => {
  it('says what cannot be measured', () => {
    const text = sampleStatements(rateRecognition(scored, 'all', 0.7), 3).join('\n');
    expect(text).toContain('FMR 1e-5 cannot be measured');
    expect(text).toContain('2 genuine comparisons of 2 people');
    expect(text).toContain('below 3.0e+0 (rule of 3)');
  });
});
