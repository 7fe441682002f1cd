import { describe, expect, it } from '@jest/globals';
import { groupsOf } from './groups.js';

describe('groupsOf', () => {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1;

  it('joins what is linked only through others, and what a later item links', () => {
    expect(groupsOf([1, 9, 3, 10, 2], near).map((group) => [...group].sort((a, b) => a - b))).toEqual([
      [1, 2, 3],
      [9, 10],
    ]);
  });

  it('makes no group of nothing', () => {
    expect(groupsOf([], near)).toEqual([]);
  });
});
