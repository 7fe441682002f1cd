export interface BackOffPolicy {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/**
 * Doubles with every try. The upper half of the delay is random, so that cases which were parked
 * together do not come back together.
 *
 * @param attempts how often the question was asked in vain, from 1
 * @param chance a random number from 0 to below 1
 */
export function delayBeforeRetry(attempts: number, chance: number, policy: BackOffPolicy): number {
  const delay = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** (attempts - 1));
  return Math.round((delay * (1 + chance)) / 2);
}
