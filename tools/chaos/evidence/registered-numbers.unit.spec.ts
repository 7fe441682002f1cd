import { describe, expect, it } from '@jest/globals';
import { RegisteredNumbers } from './registered-numbers.js';

const platform = { urls: {}, secrets: {} } as ConstructorParameters<typeof RegisteredNumbers>[0];
const visitor = (requestId: string, msisdn: string, person: number) => ({
  requestId,
  msisdn,
  person,
  nik: '9999014101900001',
});

describe('RegisteredNumbers', () => {
  it('refuses numbers of one person that a masked search does not tell apart', () => {
    const alike = [visitor('r1', '6289990001234', 7), visitor('r2', '6289990002234', 7)];
    expect(() => new RegisteredNumbers(platform, alike)).toThrow(/person 7/);
  });

  it('those of two people may look alike', () => {
    const alike = [visitor('r1', '6289990001234', 7), visitor('r2', '6289990002234', 8)];
    expect(() => new RegisteredNumbers(platform, alike)).not.toThrow();
  });
});
