import type { ParkCause, RefusalReason, RegistryAnswer } from './registry-answer.js';

/** Nothing was learnt about the person: the case waits and is tried again. */
export interface Parked {
  readonly kind: 'parked';
  readonly cause: ParkCause;
  readonly retryAfterMs?: number;
  /** The registry answered, but its answer contradicts itself or the question. */
  readonly inconsistent?: boolean;
  /** The registry was spared: the case has not used up a try. */
  readonly unasked?: boolean;
}

/** What a case learns from one question to the registry. Only `matched` can lead to a SIM. */
export type Finding =
  | { readonly kind: 'matched'; readonly matchScore: number }
  | { readonly kind: 'mismatched'; readonly matchScore: number }
  | { readonly kind: 'refused'; readonly registryCode: string; readonly reason: RefusalReason }
  | Parked;

export interface Question {
  readonly transactionId: string;
  /** Score from which two faces count as one person (V6). */
  readonly threshold: number;
}

const INCONSISTENT: Finding = { kind: 'parked', cause: 'unreachable', inconsistent: true };

/**
 * The registry's verdict and the score have to agree on our threshold. An answer that contradicts
 * itself, or belongs to another question, decides nothing in either direction: the case waits.
 */
export function judgeAnswer(answer: RegistryAnswer, question: Question): Finding {
  switch (answer.kind) {
    case 'unavailable':
      return {
        kind: 'parked',
        cause: answer.cause,
        ...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
      };
    case 'refused':
      if (answer.transactionId !== question.transactionId) return INCONSISTENT;
      return { kind: 'refused', registryCode: answer.registryCode, reason: answer.reason };
    case 'compared':
      if (answer.transactionId !== question.transactionId) return INCONSISTENT;
      return judgeComparison(answer.verdict, answer.matchScore, question.threshold);
  }
}

function judgeComparison(verdict: 'match' | 'mismatch', matchScore: number, threshold: number): Finding {
  if (!(matchScore >= 0 && matchScore <= 1)) return INCONSISTENT;
  if (verdict === 'match' && matchScore >= threshold) return { kind: 'matched', matchScore };
  if (verdict === 'mismatch' && matchScore < threshold) return { kind: 'mismatched', matchScore };
  return INCONSISTENT;
}
