export interface SubscriptionOptions {
  /** Messages handled at the same time by this process. */
  readonly concurrency: number;
  /** Tries before a message is buried with its last error. */
  readonly maxDeliveries: number;
  /** After this the broker believes that the handler died and delivers again. */
  readonly ackWaitMs: number;
}

export const DEFAULT_SUBSCRIPTION: SubscriptionOptions = {
  concurrency: 16,
  maxDeliveries: 6,
  ackWaitMs: 30_000,
};

export interface BatchOptions {
  readonly maxBatch: number;
  /** How long the first message of a batch waits for others. */
  readonly maxWaitMs: number;
  /** Tries before an event that fails alone is buried with its last error. */
  readonly maxDeliveries: number;
}

export const DEFAULT_BATCH: BatchOptions = { maxBatch: 256, maxWaitMs: 25, maxDeliveries: 6 };
