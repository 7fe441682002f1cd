export interface CaptureLimits {
  /** Memory that waiting captures may take; beyond it, new ones are refused. */
  readonly maxBytes: number;
  /** What nobody purged is gone after this. */
  readonly maxAgeMs: number;
  readonly replicas: number;
}

/** About 2,500 waiting pictures of 200 KB, or 200 with a burst of 2 MB each; the age is the longest that A3 lets a picture live. */
export const DEFAULT_CAPTURE_LIMITS: CaptureLimits = {
  maxBytes: 512 * 1024 * 1024,
  maxAgeMs: 120_000,
  replicas: 1,
};
