import { softmax } from '../softmax.js';

export type LivenessVerdict = 'live' | 'attack';

/** Class 0 is a living person; the others are kinds of attack that the model does not name. */
export function readLivenessScore(logits: Float32Array): number {
  return softmax(logits)[0] ?? 0;
}

export function decideLiveness(score: number, threshold: number): LivenessVerdict {
  return score >= threshold ? 'live' : 'attack';
}
