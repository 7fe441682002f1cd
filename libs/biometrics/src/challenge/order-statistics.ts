/** NaN for no values: whatever is compared with it does not hold. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low = NaN, high = NaN] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return (low + high) / 2;
}

/** The largest but one: what still holds when a single value is wrong. */
export function largestButOne(values: readonly number[]): number {
  return [...values].sort((a, b) => b - a)[1] ?? NaN;
}
