/** Two measured points fix the curve from cosine to score. */
export interface Calibration {
  /** Where one impostor in 100,000 passes: by definition a score of 0.95. */
  readonly cosineAtOperatingPoint: number;
  /** Where as many impostors pass as genuine people fail (equal error rate): a score of one half. */
  readonly cosineAtEqualError: number;
}

export const OPERATING_SCORE = 0.95;

const LOGIT_AT_OPERATING_POINT = Math.log(OPERATING_SCORE / (1 - OPERATING_SCORE));

/** A logistic curve through both points: it grows with every step of the cosine and never leaves 0..1. */
export function scoreOf(cosine: number, calibration: Calibration): number {
  const span = calibration.cosineAtOperatingPoint - calibration.cosineAtEqualError;
  const logit = (LOGIT_AT_OPERATING_POINT * (cosine - calibration.cosineAtEqualError)) / span;
  return 1 / (1 + Math.exp(-logit));
}
