import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** What is waited for, in the words the failure should use. */
  readonly description: string;
  readonly timeoutMs?: number;
}

type Settled<T> = Exclude<T, false | null | undefined>;

const DEFAULT_TIMEOUT_MS = 10_000;
const POLL_INTERVAL_MS = 20;

/** Asks until the answer is neither false nor absent, and returns it. A rejection is not retried. */
export async function waitFor<T>(
  predicate: () => T | Promise<T>,
  { description, timeoutMs = DEFAULT_TIMEOUT_MS }: WaitOptions,
): Promise<Settled<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await predicate();
    if (answer !== false && answer !== null && answer !== undefined) return answer as Settled<T>;
    if (Date.now() >= deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${description}`);
    await sleep(POLL_INTERVAL_MS);
  }
}
