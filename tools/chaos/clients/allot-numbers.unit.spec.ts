import { parseMsisdn } from '@absah/domain-kit';
import { describe, expect, it } from '@jest/globals';
import { allotNumbers, SHOWN_LAST } from './allot-numbers.js';

const visitsOf = (...people: readonly number[]) => people.map((person) => ({ person }));
const others = (count: number) => Array.from({ length: count }, (_, index) => index + 10);

describe('allotNumbers', () => {
  it('gives every visit a number of its own, also where the last number is followed by the first', () => {
    const numbers = allotNumbers(visitsOf(...others(3_000)), 9_999_000);
    expect(new Set(numbers).size).toBe(3_000);
    expect(numbers.every((number) => parseMsisdn(number) === number)).toBe(true);
  });

  it('those of one person differ in what a masked search shows, however many others came between', () => {
    const numbers = allotNumbers(visitsOf(1, ...others(999), 1, ...others(999), 1), 5);
    const endings = [0, 1_000, 2_000].map((index) => numbers[index]!.slice(-SHOWN_LAST));
    expect(new Set(endings).size).toBe(3);
  });

  it('says so when a person comes more often than that allows', () => {
    expect(() => allotNumbers(visitsOf(...Array.from({ length: 1_001 }, () => 1)), 5)).toThrow(/person 1/);
  });
});
