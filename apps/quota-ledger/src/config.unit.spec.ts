import { describe, expect, it } from '@jest/globals';
import { policyOf, quotaLedgerConfig } from './config.js';

const override = { document: 'nik', operatorId: 'operator-b', scope: 'person-and-operator', cap: 2 };

function badKeys(settings: Record<string, string>): unknown[] {
  const { error } = quotaLedgerConfig.safeParse(settings);
  return error?.issues.map((issue) => issue.path[0]) ?? [];
}

describe('quotaLedgerConfig', () => {
  it('Q1 Q2 has a working default for everything', () => {
    expect(quotaLedgerConfig.parse({})).toEqual({
      CAP_POLICY_REVISION: 1,
      CAP_POLICY_AUTHOR: 'configuration',
      CAP_PER_PERSON: 3,
      CAP_SCOPE: 'person',
      CAP_PER_PASSPORT: 1,
      CAP_OVERRIDES: [],
      RESERVATION_MINUTES: 30,
      EXPIRY_INTERVAL_MS: 10_000,
      CASE_CHECK_MS: 15_000,
    });
  });

  it.each([
    ['no JSON', 'nik:3'],
    ['no list', JSON.stringify(override)],
    ['no operator', JSON.stringify([{ ...override, operatorId: '*' }])],
    ['no cap', JSON.stringify([{ ...override, cap: 0 }])],
    ['two rules for the same', JSON.stringify([override, { ...override, cap: 3 }])],
  ])('Q1 refuses overrides with %s', (_fault, CAP_OVERRIDES) => {
    expect(badKeys({ CAP_OVERRIDES })).toEqual(['CAP_OVERRIDES']);
  });
});

describe('policyOf', () => {
  it('Q1 counts a passport over all operators, whatever the scope of a person', () => {
    const config = quotaLedgerConfig.parse({
      CAP_POLICY_REVISION: '7',
      CAP_SCOPE: 'person-and-operator',
      CAP_OVERRIDES: JSON.stringify([override]),
    });
    expect(policyOf(config)).toEqual({
      revision: 7,
      author: 'configuration',
      rules: [
        { document: 'nik', scope: 'person-and-operator', cap: 3 },
        { document: 'passport', scope: 'person', cap: 1 },
        override,
      ],
    });
  });
});
