import { describe, expect, it } from '@jest/globals';
import { parseNik } from './nik.js';

describe('parseNik (V1)', () => {
  it.each([
    ['a man', '9999011508900001'],
    ['a woman, 40 added to the day', '9999015508900001'],
    ['29 February of a leap year', '9999012902000001'],
    ['the last serial', '9999013112999999'],
  ])('accepts %s', (_, text) => {
    expect(parseNik(text)).toBe(text);
  });

  it.each([
    ['too short', '999901150890001'],
    ['too long', '99990115089000011'],
    ['letters', '99990115089000O1'],
    ['blanks around', ' 9999011508900001'],
    ['serial 0000', '9999011508900000'],
    ['day 00', '9999010008900001'],
    ['day 32', '9999013208900001'],
    ['day 40, neither a man nor a woman', '9999014008900001'],
    ['day 72', '9999017208900001'],
    ['month 13', '9999011513900001'],
    ['31 April', '9999013104900001'],
    ['29 February of a common year', '9999012902010001'],
    ['a province below 11', '0999011508900001'],
  ])('refuses %s', (_, text) => {
    expect(parseNik(text)).toBeUndefined();
  });
});
