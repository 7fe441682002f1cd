import { describe, expect, it } from '@jest/globals';
import { maskName, maskNumber } from './mask.js';

describe('B3 masking', () => {
  it.each([
    ['9999014101900001', '9999*********001'],
    ['6281200000001', '6281******001'],
    ['1234567', '*******'],
    ['', ''],
  ])('writes number %s as %s', (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });

  it('keeps the first letters of a name', () => {
    expect(maskName('CONTOH SATU')).toBe('C***** S***');
  });
});
