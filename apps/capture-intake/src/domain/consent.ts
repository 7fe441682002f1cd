/** A kiosk's clock may run ahead of ours by this much before its consent counts as given afterwards. */
const CLOCK_TOLERANCE_MS = 120_000;

/** Consent comes before the capture (A4), and so before the request that carries the capture. */
export function wasGivenBefore(givenAt: Date, receivedAt: Date): boolean {
  return givenAt.getTime() <= receivedAt.getTime() + CLOCK_TOLERANCE_MS;
}
