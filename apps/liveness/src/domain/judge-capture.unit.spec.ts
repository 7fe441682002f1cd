import { describe, expect, it } from '@jest/globals';
import { judgeCapture } from './judge-capture.js';

const THRESHOLD = 0.95;

describe('judgeCapture', () => {
  describe('when there is nothing to judge (V7)', () => {
    it('asks for a retake of a picture that expired', () => {
      expect(judgeCapture({ kind: 'expired' }, THRESHOLD)).toEqual({
        kind: 'retake',
        reasons: ['capture-expired'],
      });
    });

    it('asks for a challenge to be answered where one is demanded (V5)', () => {
      expect(judgeCapture({ kind: 'unchallenged' }, THRESHOLD)).toEqual({
        kind: 'retake',
        reasons: ['challenge-required'],
      });
    });

    it.each(['altered', 'unreadable'] as const)('asks for a retake of an %s picture', (kind) => {
      expect(judgeCapture({ kind }, THRESHOLD)).toEqual({ kind: 'retake', reasons: ['unreadable'] });
    });

    it('hands the reasons of the quality gate on in their order', () => {
      expect(judgeCapture({ kind: 'retake', reasons: ['too-dark', 'blurred'] }, THRESHOLD)).toEqual({
        kind: 'retake',
        reasons: ['too-dark', 'blurred'],
      });
    });
  });

  describe('when the picture is good (V4)', () => {
    it.each([
      [1, 'live'],
      [0.95, 'live'],
      [0.9499, 'attack'],
      [0, 'attack'],
      // A model that went wrong must not open the door.
      [Number.NaN, 'attack'],
    ])('calls a liveness score of %d %s', (livenessScore, kind) => {
      const finding = { kind: 'face', livenessScore } as const;
      expect(judgeCapture(finding, THRESHOLD)).toEqual({
        kind,
        face: finding,
        ...(kind === 'live' && { companions: [] }),
      });
    });

    it('follows the configured threshold', () => {
      expect(judgeCapture({ kind: 'face', livenessScore: 0.6 }, 0.5).kind).toBe('live');
    });
  });
});
