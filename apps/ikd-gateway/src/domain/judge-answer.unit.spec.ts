import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeAnswer } from './judge-answer.js';
import type { RegistryAnswer } from './registry-answer.js';

const transactionId = '4c0a5f0e-1111-8222-8333-444455556666';
const question = { transactionId, threshold: 0.95 };
const waits = { kind: 'parked', cause: 'unreachable', inconsistent: true };

function compared(verdict: 'match' | 'mismatch', matchScore: number, id = transactionId): RegistryAnswer {
  return { kind: 'compared', transactionId: id, verdict, matchScore };
}

describe('V6 judgeAnswer on comparisons', () => {
  it.each([
    ['match', 1, { kind: 'matched', matchScore: 1 }],
    ['match', 0.95, { kind: 'matched', matchScore: 0.95 }],
    ['match', 0.9499, waits],
    ['match', 0, waits],
    ['match', 1.01, waits],
    ['match', Number.NaN, waits],
    ['mismatch', 0.9499, { kind: 'mismatched', matchScore: 0.9499 }],
    ['mismatch', 0, { kind: 'mismatched', matchScore: 0 }],
    ['mismatch', 0.95, waits],
    ['mismatch', -0.01, waits],
  ] as const)('%s with score %d', (verdict, score, finding) => {
    expect(judgeAnswer(compared(verdict, score), question)).toEqual(finding);
  });

  it('takes no answer to another question', () => {
    const other = '4c0a5f0e-1111-8222-8333-444455557777';
    expect(judgeAnswer(compared('match', 0.99, other), question)).toEqual(waits);
    expect(judgeAnswer(compared('mismatch', 0.1, other), question)).toEqual(waits);
  });

  it('matches only on verdict, score and transaction id together, whatever else comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('match' as const, 'mismatch' as const),
        fc.double({ min: -1, max: 2 }),
        fc.constantFrom(transactionId, 'another'),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (verdict, score, id, threshold) => {
          const finding = judgeAnswer(compared(verdict, score, id), { transactionId, threshold });
          const proper = verdict === 'match' && id === transactionId && score >= threshold && score <= 1;
          expect(finding.kind === 'matched').toBe(proper);
        },
      ),
    );
  });
});

describe('G6 judgeAnswer on refusals', () => {
  const refused = { kind: 'refused', transactionId, registryCode: '11', reason: 'subject-deceased' } as const;

  it('passes the reason and the code on', () => {
    expect(judgeAnswer(refused, question)).toEqual({
      kind: 'refused',
      registryCode: '11',
      reason: 'subject-deceased',
    });
  });

  it.each([undefined, 'another'])('rejects nobody on a refusal with transaction id %s', (id) => {
    expect(judgeAnswer({ ...refused, transactionId: id }, question)).toEqual(waits);
  });
});

describe('V9 judgeAnswer without an answer', () => {
  it.each(['unreachable', 'timed-out', 'busy', 'access-refused'] as const)('parks on %s', (cause) => {
    expect(judgeAnswer({ kind: 'unavailable', cause }, question)).toEqual({ kind: 'parked', cause });
  });

  it("keeps the registry's wish for patience", () => {
    const answer = { kind: 'unavailable', cause: 'busy', registryCode: '5000', retryAfterMs: 3000 } as const;
    expect(judgeAnswer(answer, question)).toEqual({ kind: 'parked', cause: 'busy', retryAfterMs: 3000 });
  });
});
