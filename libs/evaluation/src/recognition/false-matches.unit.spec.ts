import { describe, expect, it } from '@jest/globals';
import { FalseMatches } from './false-matches.js';
import { ImpostorCollector } from './impostor-scores.js';

const TEN = [0.9, 0.5, 0.4, 0.3, 0.2, 0.1, 0, -0.1, -0.2, -0.3];

function falseMatchesOf(scores: readonly number[], capacity = 100): FalseMatches {
  const collector = new ImpostorCollector(capacity);
  scores.forEach((score, index) => collector.add(score, index, index, 1));
  const collected = collector.result();
  return new FalseMatches(collected, collected.counts, () => 1);
}

describe('FalseMatches (V3)', () => {
  describe('of ten impostors', () => {
    const falseMatches = falseMatchesOf(TEN);

    it.each([
      [1, 0],
      [0.9, 0.1],
      [0.45, 0.2],
      [0.4, 0.3],
      [-0.3, 1],
      [-1, 1],
    ])('lets pass at %f a share of %f', (threshold, rate) => {
      expect(falseMatches.rateAt(threshold)).toBeCloseTo(rate, 12);
    });

    it.each([
      [0.1, 0.9],
      [0.2, 0.5],
      [0.29, 0.5],
      [0.3, 0.4],
      [1, -0.3],
    ])('finds for a rate of %f the threshold %f', (rate, threshold) => {
      expect(falseMatches.thresholdFor(rate)).toEqual({ threshold, resolved: true });
    });

    it('says so when a single false match is more than the rate allows', () => {
      const { threshold, resolved } = falseMatches.thresholdFor(0.05);
      expect(resolved).toBe(false);
      expect(threshold).toBeGreaterThan(0.9);
      expect(threshold).toBeCloseTo(0.9, 9);
      expect(falseMatches.rateAt(threshold)).toBe(0);
    });

    it('lists who passes', () => {
      expect(falseMatches.passing(0.4).map(({ score }) => score)).toEqual([0.9, 0.5, 0.4]);
    });
  });

  it('lets equal scores pass together or not at all', () => {
    const falseMatches = falseMatchesOf([0.9, 0.5, 0.5, 0.5, 0.1]);
    expect(falseMatches.thresholdFor(0.6).threshold).toBe(0.9);
    expect(falseMatches.thresholdFor(0.8).threshold).toBe(0.5);
  });

  it('weighs pairs as it is told', () => {
    const collector = new ImpostorCollector(10);
    const weights = [0.25, 0.25, 1.5];
    [0.9, 0.8, 0.1].forEach((score, index) => collector.add(score, index, 9, weights[index]!));
    const collected = collector.result();
    const falseMatches = new FalseMatches(collected, collected.weights, ({ probe }) => weights[probe]!);
    expect(falseMatches.total).toBe(2);
    expect(falseMatches.rateAt(0.5)).toBe(0.25);
    expect(falseMatches.thresholdFor(0.125).threshold).toBe(0.9);
  });

  describe('of more impostors than are kept one by one', () => {
    // 0, 0.001 … 0.999, in an order that is not sorted.
    const many = Array.from({ length: 1_000 }, (_, index) => ((index * 377) % 1_000) / 1_000);
    const falseMatches = falseMatchesOf(many, 64);

    it('is exact for the highest', () => {
      expect(falseMatches.thresholdFor(0.01)).toEqual({ threshold: 0.99, resolved: true });
      expect(falseMatches.rateAt(0.99)).toBe(0.01);
    });

    it('is right to the width of a bin for the others', () => {
      const { threshold } = falseMatches.thresholdFor(0.5);
      expect(threshold).toBeCloseTo(0.5, 2);
      expect(falseMatches.rateAt(threshold)).toBe(0.5);
      expect(falseMatches.rateAt(0.25)).toBeCloseTo(0.75, 2);
    });
  });

  it('lets nobody pass where there is nobody', () => {
    expect(falseMatchesOf([]).rateAt(0)).toBe(0);
  });
});
