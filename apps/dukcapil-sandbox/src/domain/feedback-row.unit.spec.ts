import { describe, expect, it } from '@jest/globals';
import { readFeedbackRow } from './feedback-row.js';

const nik = '9999014101900001';
const phone = '6281200000001';

describe('B1 readFeedbackRow', () => {
  it('reads a NIK with its number', () => {
    expect(readFeedbackRow(nik, [{ NO_HP: phone }], 'NO_HP')).toEqual({ nik, phone });
  });

  it.each([
    ['a NIK of 15 digits', nik.slice(1), [{ NO_HP: phone }]],
    ['a national form', nik, [{ NO_HP: '081200000001' }]],
    ['a plus', nik, [{ NO_HP: `+${phone}` }]],
    ['another parameter', nik, [{ NO_CIF: phone }]],
    ['two parameters', nik, [{ NO_HP: phone }, { NO_CIF: '1' }]],
    ['an empty parameter', nik, [{}]],
  ])('refuses %s', (_, written, parameters) => {
    expect(readFeedbackRow(written, parameters as Record<string, string>[], 'NO_HP')).toBeUndefined();
  });
});
