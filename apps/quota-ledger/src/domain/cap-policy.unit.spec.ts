import { describe, expect, it } from '@jest/globals';
import { decideAdoption, type CapPolicy } from './cap-policy.js';

const policy: CapPolicy = {
  revision: 4,
  author: 'regulatory-desk',
  rules: [
    { document: 'nik', scope: 'person', cap: 3 },
    { document: 'nik', operatorId: 'operator-b', scope: 'person-and-operator', cap: 2 },
  ],
};

describe('decideAdoption', () => {
  it('Q1 adopts the first policy, and any of a higher revision', () => {
    expect(decideAdoption(policy, undefined)).toEqual({ kind: 'adopted' });
    expect(decideAdoption({ ...policy, revision: 5 }, policy)).toEqual({ kind: 'adopted' });
  });

  it('Q1 does not let a replica with an older configuration turn the policy back', () => {
    const outdated = decideAdoption({ ...policy, revision: 3 }, policy);
    expect(outdated).toEqual({ kind: 'outdated', revisionInForce: 4 });
  });

  it('Q1 recognises the policy in force, in whatever order its rules are written', () => {
    const reversed = { ...policy, author: 'somebody-else', rules: policy.rules.toReversed() };
    expect(decideAdoption(reversed, policy)).toEqual({ kind: 'in-force' });
  });

  it.each([
    ['another cap', [{ ...policy.rules[0]!, cap: 4 }, policy.rules[1]!]],
    ['another scope', [{ ...policy.rules[0]!, scope: 'person-and-operator' as const }, policy.rules[1]!]],
    ['a rule less', [policy.rules[0]!]],
    ['a rule more', [...policy.rules, { document: 'passport' as const, scope: 'person' as const, cap: 1 }]],
    ['a rule of another operator', [policy.rules[0]!, { ...policy.rules[1]!, operatorId: 'operator-c' }]],
  ])('Q1 refuses %s under the same revision', (_difference, rules) => {
    expect(decideAdoption({ ...policy, rules }, policy)).toEqual({ kind: 'contradicted' });
  });
});
