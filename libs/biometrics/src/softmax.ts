/** Turns scores into probabilities that add up to one, without overflow for large scores. */
export function softmax(scores: Float32Array): Float32Array {
  const largest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
