import { describe, expect, it } from '@jest/globals';
import { CasesUnderWay } from './cases-under-way.js';

const TARGET_MS = 1_000;

function bedOf(most: number) {
  let now = 0;
  const settings = { DECISION_TARGET_MS: TARGET_MS, LEAST_CASES_UNDER_WAY: 1, MOST_CASES_UNDER_WAY: most };
  const underWay = new CasesUnderWay(settings, { now: () => new Date(now) });
  const open = (caseId: string): void => {
    underWay.opened(caseId);
    underWay.leave();
  };
  return { underWay, open, pass: (milliseconds: number) => (now += milliseconds) };
}

describe('CasesUnderWay', () => {
  it('counts a request from its first byte until its case is decided', () => {
    const { underWay, open } = bedOf(2);
    expect([underWay.enter(), underWay.enter(), underWay.enter()]).toEqual([true, true, false]);
    open('a');
    underWay.leave();
    expect([underWay.enter(), underWay.enter()]).toEqual([true, false]);
    underWay.decided('a');
    expect(underWay.enter()).toBe(true);
  });

  it('does not care for the cases of other replicas', () => {
    const { underWay } = bedOf(1);
    underWay.enter();
    underWay.decided('somebody else’s');
    expect([underWay.count, underWay.enter()]).toEqual([1, false]);
  });

  it('frees the place of a case that was not stored', () => {
    const { underWay, open } = bedOf(1);
    underWay.enter();
    open('a');
    underWay.dropped('a');
    expect(underWay.enter()).toBe(true);
  });

  it('gives back the places of cases that a lost service holds, after a while', () => {
    const { underWay, open, pass } = bedOf(10);
    for (let i = 0; i < 10; i += 1) {
      underWay.enter();
      open(String(i));
    }
    pass(29_999);
    expect(underWay.enter()).toBe(false);
    pass(1);
    let entered = 0;
    while (underWay.enter()) entered += 1;
    expect(entered).toBe(10);
  });
});
