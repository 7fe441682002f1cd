import { parseMsisdn, parseNik } from '@absah/domain-kit';
import { describe, expect, it } from '@jest/globals';
import { syntheticMsisdn, syntheticNik } from './synthetic-numbers.js';

describe('synthetic numbers', () => {
  it('are well formed and of province 99, so nobody real is ever meant', () => {
    for (let index = 0; index < 1_000; index += 1) {
      const nik = syntheticNik();
      expect(nik.slice(0, 2)).toBe('99');
      expect(parseNik(nik)).toBe(nik);
      const msisdn = syntheticMsisdn();
      expect(parseMsisdn(msisdn)).toBe(msisdn);
    }
  });
});
