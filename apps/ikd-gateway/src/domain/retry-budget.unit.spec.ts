import { describe, expect, it } from '@jest/globals';
import { RetryBudget } from './retry-budget.js';

/** Second tries that are granted when `questions` fail one after the other. */
function granted(budget: RetryBudget, questions: number): number {
  let count = 0;
  for (let question = 0; question < questions; question += 1) {
    budget.earn();
    if (budget.spend()) count += 1;
  }
  return count;
}

describe('G4 RetryBudget', () => {
  it('tries a rare failure again', () => {
    const budget = new RetryBudget(0.1);
    for (let question = 0; question < 50; question += 1) budget.earn();
    expect(budget.spend()).toBe(true);
  });

  it.each([
    [0.1, 1_001],
    [0.2, 2_001],
  ])('adds no more than a share of %d when everything fails', (share, most) => {
    const extra = granted(new RetryBudget(share), 10_000);
    expect(extra).toBeLessThanOrEqual(most);
    expect(extra).toBeGreaterThan(most * 0.98);
  });

  it('saves up no stampede over a quiet day', () => {
    const budget = new RetryBudget(0.1);
    for (let question = 0; question < 100_000; question += 1) budget.earn();
    let burst = 0;
    while (budget.spend()) burst += 1;
    expect(burst).toBe(10);
  });

  it('grants nothing without a share', () => {
    expect(granted(new RetryBudget(0), 1_000)).toBe(0);
  });
});
