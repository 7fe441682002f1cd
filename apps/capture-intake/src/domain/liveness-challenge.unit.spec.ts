import { describe, expect, it } from '@jest/globals';
import { refuseAnswer, type IssuedChallenge } from './liveness-challenge.js';

const nonce = 'AAAAAAAAAAAAAAAAAAAAAA';
const issuedAt = new Date('2026-07-01T08:00:00.000Z');
const expiresAt = new Date('2026-07-01T08:01:00.000Z');
const lastMoment = new Date(expiresAt.getTime() - 1);
const issued: IssuedChallenge = {
  challengeId: '0197c3a5-7c00-7d4e-8f00-3b6f0a1c9e52',
  operatorId: 'operator-a',
  nonce,
  movements: ['turn-left', 'nod', 'turn-right'],
  colours: [],
  issuedAt,
  expiresAt,
};
const used = { ...issued, usedAt: lastMoment };

describe('refuseAnswer (V5)', () => {
  it.each([
    ['lets the last moment pass', issued, nonce, lastMoment, undefined],
    ['refuses the deadline itself', issued, nonce, expiresAt, 'INTAKE.CHALLENGE_EXPIRED'],
    ['refuses a second use', used, nonce, lastMoment, 'INTAKE.CHALLENGE_USED'],
    ['says of a late second use that it is one', used, nonce, expiresAt, 'INTAKE.CHALLENGE_USED'],
    ['does not know another nonce', issued, 'BBBBBBBBBBBBBBBBBBBBBB', issuedAt, 'INTAKE.CHALLENGE_UNKNOWN'],
    [
      'tells a stranger nothing of a use',
      used,
      'BBBBBBBBBBBBBBBBBBBBBB',
      issuedAt,
      'INTAKE.CHALLENGE_UNKNOWN',
    ],
    ['does not know what was never issued', undefined, nonce, issuedAt, 'INTAKE.CHALLENGE_UNKNOWN'],
  ])('%s', (_, challenge, given, at, refusal) => {
    expect(refuseAnswer(challenge, given, at)).toBe(refusal);
  });
});
