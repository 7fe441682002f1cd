/** Where a measurement begins to be evidence, and where it is as strong as it gets. What lies before `none`
 *  occurs with living people and must not count at all; `full` may be the smaller of the two. */
export interface Ramp {
  readonly none: number;
  readonly full: number;
}

/** 0 to 1. What is not a number is no evidence. */
export function evidence(value: number, { none, full }: Ramp): number {
  const share = (value - none) / (full - none);
  return share > 0 ? Math.min(1, share) : 0;
}
