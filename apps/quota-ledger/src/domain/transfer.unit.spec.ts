import { describe, expect, it } from '@jest/globals';
import { decideActivation, decideDeregistration, type EntryKind } from './transfer.js';

/** Every history that the ledger's keys leave room for, and what it means for the two late messages. */
const HISTORIES: readonly [readonly EntryKind[], string, string][] = [
  [[], 'wait', 'wait'],
  [['refused'], 'never-granted', 'never-held'],
  [['pending'], 'wait', 'post-first'],
  [['pending', 'posted'], 'posted-before', 'wait'],
  [['pending', 'voided'], 'given-away', 'never-held'],
  [['pending', 'expired'], 'given-away', 'never-held'],
  [['pending', 'posted', 'released'], 'posted-before', 'released-before'],
];

describe.each(HISTORIES)('a case of which is written: %j', (history, activation, deregistration) => {
  it(`Q2 leads an activation to "${activation}"`, () => {
    expect(decideActivation(history)).toBe(activation);
  });

  it(`Q2 leads a deregistration to "${deregistration}"`, () => {
    expect(decideDeregistration(history)).toBe(deregistration);
  });
});
