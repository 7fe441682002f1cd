/** What an operator may choose about the messages of one service. */
export interface MessagingSettings {
  /** Off only where a trial has to show what would be lost without it. */
  readonly reconcilerEnabled: boolean;
  /** An event that a consumer did not confirm so long after its commit is asked about. */
  readonly reconcileAfterMs: number;
  readonly inboxRetentionMs: number;
}

export const DEFAULT_MESSAGING_SETTINGS: MessagingSettings = {
  reconcilerEnabled: true,
  reconcileAfterMs: 5_000,
  inboxRetentionMs: 24 * 60 * 60_000,
};
