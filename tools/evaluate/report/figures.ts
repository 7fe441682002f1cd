import type { Interval } from '@absah/evaluation';

/** A rate in per cent, with as many digits as small ones need. */
export function percent(rate: number): string {
  if (!Number.isFinite(rate)) return '–';
  const value = 100 * rate;
  return `${value === 0 || value >= 0.1 ? value.toFixed(2) : value.toPrecision(2)} %`;
}

export function percentRange([low, high]: Interval): string {
  return `${percent(low).replace(' %', '')} to ${percent(high)}`;
}

export function count(value: number): string {
  return value.toLocaleString('en');
}
