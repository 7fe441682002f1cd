import { describe, expect, it } from '@jest/globals';
import { parseMsisdn } from './msisdn.js';

describe('parseMsisdn (B1)', () => {
  it.each(['081200000001', '6281200000001', '+6281200000001'])('normalises %s', (text) => {
    expect(parseMsisdn(text)).toBe('6281200000001');
  });

  it.each(['', '0211234567', '0812', '08120000000012', '+6581200000001', '0812-0000-0001', '62 81200000001'])(
    'refuses %j',
    (text) => {
      expect(parseMsisdn(text)).toBeUndefined();
    },
  );
});
