import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../verdict/finding.js';
import { shortcomingsOf } from './shortcomings.js';

const fault = { kind: 'kill', part: 'audit', downMs: 300 } as const;
const good = {
  findings: [],
  overCap: 0,
  byStatus: { activated: 3, retake: 1 },
  refusedByCap: 1,
  faults: [{ fault, atMs: 10, overMs: 400, recoverySeconds: 1.5 }],
};

const slow: Finding = { kind: 'lost', what: 'cases without a decision', ids: ['case-1'] };
const lost: Finding = { kind: 'lost', what: 'events that a consumer never took', ids: ['audit m1'] };

describe('shortcomingsOf', () => {
  it('has none to tell of a run in which people were served and nothing was found', () => {
    expect(shortcomingsOf(undefined, good)).toEqual([]);
  });

  it.each([
    ['lost: 1 cases without a decision', { findings: [slow] }],
    ['nobody got a SIM', { byStatus: { retake: 4 } }],
    ['nobody was refused for having three', { refusedByCap: 0 }],
    [
      'nobody was decided about after: audit killed',
      { faults: [{ ...good.faults[0]!, recoverySeconds: undefined }] },
    ],
  ])('%s', (shortcoming, spoiled) => {
    expect(shortcomingsOf(undefined, { ...good, ...spoiled })).toEqual([shortcoming]);
  });

  it('the control for loss has to find an event that nobody took, not only something slow', () => {
    expect(shortcomingsOf('loss', { ...good, findings: [slow] })).toHaveLength(1);
    expect(shortcomingsOf('loss', { ...good, findings: [slow, lost] })).toEqual([]);
  });

  it('the control for the cap has to find a cap that was passed', () => {
    expect(shortcomingsOf('cap', { ...good, findings: [lost] })).toHaveLength(1);
    expect(shortcomingsOf('cap', { ...good, overCap: 1 })).toEqual([]);
  });
});
