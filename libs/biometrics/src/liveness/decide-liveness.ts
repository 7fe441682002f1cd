export type LivenessVerdict = 'live' | 'attack';

export function decideLiveness(score: number, threshold: number): LivenessVerdict {
  return score >= threshold ? 'live' : 'attack';
}
