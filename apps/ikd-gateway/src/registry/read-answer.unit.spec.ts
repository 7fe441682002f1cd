import { describe, expect, it } from '@jest/globals';
import { ANSWER_CODES, type AnswerCode } from '@absah/registry-protocol';
import type { RegistryAnswer } from '../domain/registry-answer.js';
import { readAnswer } from './read-answer.js';

const transactionId = '4c0a5f0e-1111-8222-8333-444455556666';
const noAnswer = { kind: 'unavailable', cause: 'unreachable' };
const comparison = { transactionId, verdict: 'match', matchScore: 0.97, comparedAt: '2026-11-22T03:00:00Z' };

function expected(registryCode: string, { consequence }: AnswerCode): RegistryAnswer {
  switch (consequence.kind) {
    case 'refuse':
      return { kind: 'refused', transactionId, registryCode, reason: consequence.reason };
    case 'park':
      return { kind: 'unavailable', cause: consequence.cause, registryCode };
    case 'configuration-fault':
      return { kind: 'unavailable', cause: 'access-refused', registryCode, needsEngineer: true };
  }
}

function refusal(registryCode: string, respon = 'X'): string {
  return JSON.stringify({ transactionId, responseCode: registryCode, respon });
}

describe('G6 readAnswer', () => {
  it.each(Object.entries(ANSWER_CODES))('carries out the consequence of code %s', (code, answer) => {
    const body = refusal(code, answer.respon);
    expect(readAnswer({ httpStatus: answer.httpStatus, body })).toEqual(expected(code, answer));
  });

  it.each(Object.entries(ANSWER_CODES))('takes code %s with a foreign status for no answer', (code) => {
    expect(readAnswer({ httpStatus: 418, body: refusal(code) })).toEqual(noAnswer);
  });

  it('waits as long as a busy registry asks for, an hour at most', () => {
    const busy = { kind: 'unavailable', cause: 'busy', registryCode: '5000' };
    const answer = (retryAfter: string) => readAnswer({ httpStatus: 503, body: refusal('5000'), retryAfter });
    expect(answer('7')).toEqual({ ...busy, retryAfterMs: 7_000 });
    expect(answer('999999')).toEqual({ ...busy, retryAfterMs: 3_600_000 });
    expect(answer('soon')).toEqual(busy);
  });
});

describe('V9 readAnswer', () => {
  it('reads a comparison', () => {
    expect(readAnswer({ httpStatus: 200, body: JSON.stringify(comparison) })).toEqual({
      kind: 'compared',
      transactionId,
      verdict: 'match',
      matchScore: 0.97,
    });
  });

  it.each([
    ['an unknown code', 422, refusal('99')],
    ['an empty body', 200, ''],
    ['a page of a proxy', 502, '<html></html>'],
    ['a truncated comparison', 200, JSON.stringify(comparison).slice(0, -5)],
    ['a comparison without score', 200, JSON.stringify({ ...comparison, matchScore: undefined })],
    ['a comparison without transaction id', 200, JSON.stringify({ ...comparison, transactionId: undefined })],
    ['a comparison with another status', 201, JSON.stringify(comparison)],
    ['a refusal with status 200', 200, refusal('13')],
    ['a wrong address', 404, '{"message":"Not Found"}'],
  ])('takes for no answer: %s', (_, httpStatus, body) => {
    expect(readAnswer({ httpStatus, body })).toEqual(noAnswer);
  });
});
