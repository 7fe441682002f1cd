const NANOS_PER_MS = 1_000_000;

/** JetStream counts time in nanoseconds. */
export function nanosFromMs(milliseconds: number): number {
  return milliseconds * NANOS_PER_MS;
}

export function nanosFromMinutes(minutes: number): number {
  return nanosFromMs(minutes * 60_000);
}
