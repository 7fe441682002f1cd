// Numerical Recipes, 3rd edition, 6.1 and 6.4.
const LANCZOS = [
  57.1562356658629235, -59.5979603554754912, 14.1360979747417471, -0.491913816097620199,
  0.339946499848118887e-4, 0.465236289270485756e-4, -0.983744753048795646e-4, 0.158088703224912494e-3,
  -0.210264441724104883e-3, 0.21743961811521264e-3, -0.16431810653676389e-3, 0.844182239838527433e-4,
  -0.26190838401581408e-4, 0.368991826595316234e-5,
];
const LANCZOS_SHIFT = 5.2421875;
const SQRT_2_PI = 2.5066282746310005;
const LANCZOS_START = 0.999999999999997092;

function logGamma(x: number): number {
  const shifted = x + LANCZOS_SHIFT;
  const series = LANCZOS.reduce((sum, term, index) => sum + term / (x + index + 1), LANCZOS_START);
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((SQRT_2_PI * series) / x);
}

const TINY = 1e-300;
const PRECISION = 1e-14;
const MAX_TERMS = 100_000;

/** Regularised incomplete beta function I_x(a, b): the chance that a beta-distributed value is below x. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast only on one side of the mean.
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

/** Lentz's method. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let term = 1; term < MAX_TERMS; term += 1) {
    const even = (term * (b - term) * x) / ((a + 2 * term - 1) * (a + 2 * term));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + term) * (a + b + term) * x) / ((a + 2 * term) * (a + 2 * term + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) return result;
  }
  throw new RangeError('the incomplete beta function does not converge');
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
