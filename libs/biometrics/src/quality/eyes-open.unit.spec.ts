import { describe, expect, it } from '@jest/globals';
import { evenedContrast, openLogOdds, probabilityOf } from './eyes-open.js';

describe('openLogOdds', () => {
  it.each<[string, number[][], number]>([
    [
      'the eye that looks more open',
      [
        [-6, -6],
        [3, 3],
      ],
      3,
    ],
    [
      'the mean over all crops of one eye',
      [
        [-6, 4],
        [-9, -9],
      ],
      -1,
    ],
  ])('follows %s', (_, eyes, expected) => {
    expect(openLogOdds(eyes)).toBe(expected);
  });

  it('is not a number when the model answers none', () => {
    expect(
      openLogOdds([
        [Number.NaN, 1],
        [2, 2],
      ]),
    ).toBeNaN();
  });
});

describe('probabilityOf', () => {
  it.each([
    [0, 0.5],
    [Math.log(3), 0.75],
    [-Math.log(3), 0.25],
  ])('turns log-odds of %d into %d', (logOdds, probability) => {
    expect(probabilityOf(logOdds)).toBeCloseTo(probability, 10);
  });
});

describe('evenedContrast', () => {
  const crop = (values: readonly number[]) => ({
    data: Uint8Array.from(values.flatMap((value) => [value, value, value])),
    width: values.length,
    height: 1,
  });

  it('shows a dim eye as a well lit one', () => {
    const lit = crop([60, 120, 150, 200]);
    const dim = crop([24, 44, 54, 70.67]);
    const evened = evenedContrast(dim).data;
    evenedContrast(lit).data.forEach((value, index) => {
      expect(Math.abs(value - (evened[index] ?? 0))).toBeLessThanOrEqual(2);
    });
  });

  it('makes no detail out of nothing, and keeps within the range of a byte', () => {
    expect([...evenedContrast(crop([9, 9, 9])).data]).toEqual(Array(9).fill(127));
    const spike = evenedContrast(crop([...Array<number>(99).fill(10), 255])).data;
    expect(spike[99 * 3]).toBe(255);
  });
});
