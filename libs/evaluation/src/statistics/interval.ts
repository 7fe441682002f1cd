/** Lower and upper end, both included. */
export type Interval = readonly [low: number, high: number];

/** Of every interval that is computed here. */
export const CONFIDENCE = 0.95;
