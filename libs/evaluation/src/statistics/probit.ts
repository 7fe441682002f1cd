// Acklam's rational approximation of the inverse of the normal distribution, relative error below 1.2e-9.
const CENTRE_NUMERATOR = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const CENTRE_DENOMINATOR = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const TAIL_NUMERATOR = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_DENOMINATOR = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
const TAIL = 0.02425;

/** The standard score below which a normal value lies with this probability: the scale of a DET curve's axes. */
export function probit(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError('a probability between 0 and 1');
  if (probability > 1 - TAIL) return -probit(1 - probability);
  if (probability < TAIL) {
    const root = Math.sqrt(-2 * Math.log(probability));
    return polynomial(TAIL_NUMERATOR, root) / polynomial(TAIL_DENOMINATOR, root);
  }
  const offset = probability - 0.5;
  const square = offset * offset;
  return (offset * polynomial(CENTRE_NUMERATOR, square)) / polynomial(CENTRE_DENOMINATOR, square);
}

/** @param coefficients of the highest power first */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
