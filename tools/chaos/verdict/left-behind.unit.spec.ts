import { describe, expect, it } from '@jest/globals';
import { leftBehind, type Look } from './left-behind.js';

const looks = (status: string, heldUntilMs: number): readonly Look[] =>
  [0, 6_000, 15_000, 60_000].map((atMs) => ({
    atMs,
    evidence: {
      cases: [{ id: 'case-1', requestId: 'r1', subjectRef: 's1', captureId: 'c1', status, reasons: [] }],
      imagesHeld: atMs <= heldUntilMs ? ['c1', 'c-of-no-case'] : [],
    },
  }));

describe('leftBehind (A3)', () => {
  it('names the picture of a decided case that is there for long, though it is gone in the end', () => {
    const what = 'captures of decided cases that nobody purged in time';
    expect(leftBehind(looks('retake', 15_000))).toEqual([{ kind: 'imagesLeft', what, ids: ['c1'] }]);
  });

  it('gives a purge its time', () => {
    expect(leftBehind(looks('retake', 6_000))).toEqual([]);
  });

  it('a case that is not decided may still need its picture', () => {
    expect(leftBehind(looks('processing', 60_000))).toEqual([]);
  });
});
