/** Scales to length one, so that a dot product is a cosine. */
export function normalise(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0 && Number.isFinite(length))) throw new RangeError('a vector without direction');
  return vector.map((value) => value / length);
}

/** The direction between several embeddings of one face, such as a crop and its mirror image. */
export function meanDirection(embeddings: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(embeddings[0]?.length ?? 0);
  for (const embedding of embeddings) {
    normalise(embedding).forEach((value, index) => {
      sum[index] = (sum[index] ?? 0) + value;
    });
  }
  return normalise(sum);
}

/** Of vectors of length one. Rounding may carry a sum just beyond ±1, which is no cosine. */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`dimensions differ: ${a.length} and ${b.length}`);
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return Math.min(1, Math.max(-1, dot));
}
